package dev.concord.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.access.Role;
import dev.concord.testing.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One operation of the OpenAPI documents that the server gives out. */
record Described(String method, String path, String action, Role role) {

    static List<Described> of(Server server) {
        List<Described> all = new ArrayList<>();
        for (String name : List.of("openidm", "own")) {
            Server.Answer answer = server.get("viewer", "/api/openapi/" + name + ".yaml");
            assertThat(answer.status()).isEqualTo(200);
            Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(answer.body());
            members(document.get("paths"))
                    .forEach((path, item) -> members(item).forEach((method, operation) -> {
                        if (members(operation).get("x-role") instanceof Object role) {
                            add(all, String.valueOf(method), String.valueOf(path), role);
                        }
                    }));
        }
        return all;
    }

    private static void add(List<Described> all, String method, String path, Object role) {
        if (role instanceof Map<?, ?> byAction) {
            byAction.forEach((action, one) -> all.add(described(method, path, String.valueOf(action), one)));
        } else {
            all.add(described(method, path, "", role));
        }
    }

    private static Described described(String method, String path, String action, @Nullable Object role) {
        return new Described(
                method.toUpperCase(Locale.ROOT),
                path,
                action,
                Role.valueOf(String.valueOf(role).toUpperCase(Locale.ROOT)));
    }

    private static Map<?, ?> members(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Whether it only looks. */
    boolean looks() {
        return method.equals("GET") || action.equals("getLinkedResources") || action.equals("getTargetPreview");
    }
}
