package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Fields;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What clients of PingIDM ask before anything else: whether the server is ready, and who they are to it. */
@RestController
@RequestMapping("/openidm/info")
final class InfoController {

    private static final int PATIENCE_SECONDS = 2;

    private final ApplicationAvailability availability;
    private final DataSource database;

    InfoController(ApplicationAvailability availability, DataSource database) {
        this.availability = availability;
        this.database = database;
    }

    /** In PingIDM's own words, which scripts that wait for a server look for. */
    @GetMapping("/ping")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> ping(@RequestParam Map<String, String> parameters) {
        Map<String, @Nullable Object> json = document("");
        if (availability.getReadinessState() == ReadinessState.REFUSING_TRAFFIC) {
            json.put("shortDesc", "OpenIDM stopping");
            json.put("state", "STOPPING");
        } else if (databaseAnswers()) {
            json.put("shortDesc", "OpenIDM ready");
            json.put("state", "ACTIVE_READY");
        } else {
            json.put("shortDesc", "The platform database does not answer");
            json.put("state", "ACTIVE_NOT_READY");
        }
        return Fields.of(parameters.get("_fields")).of(json);
    }

    private boolean databaseAnswers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException away) {
            return false;
        }
    }

    @GetMapping("/login")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> login(@RequestParam Map<String, String> parameters) {
        Caller caller = Caller.current();
        Map<String, @Nullable Object> json = document("login");
        json.put("authenticationId", caller.name());
        json.put(
                "authorization",
                Map.of(
                        "id",
                        caller.name(),
                        "component",
                        "internal/user",
                        "roles",
                        caller.roles().stream().sorted().map(Role::key).toList()));
        return Fields.of(parameters.get("_fields")).of(json);
    }

    private static Map<String, @Nullable Object> document(String id) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", id);
        json.put("_rev", "");
        return json;
    }
}
