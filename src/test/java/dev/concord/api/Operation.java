package dev.concord.api;

import dev.concord.access.Role;
import dev.concord.api.access.Allowed;
import dev.concord.testing.Server;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * One thing that the server can be asked to do, as it knows it itself.
 *
 * @param parameters such as {@code _action=recon} that tell operations of one path apart
 */
record Operation(
        String method,
        String path,
        List<String> parameters,
        @Nullable Role role) {

    /** All that a server has, by path. */
    static List<Operation> of(Server server) {
        List<Operation> found = new ArrayList<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> entry : server.get(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()) {
            if (!entry.getValue().getBeanType().getName().startsWith("dev.concord")) {
                continue;
            }
            Allowed allowed = entry.getValue().getMethodAnnotation(Allowed.class);
            List<String> parameters = entry.getKey().getParamsCondition().getExpressions().stream()
                    .map(Object::toString)
                    .sorted()
                    .toList();
            for (RequestMethod method : entry.getKey().getMethodsCondition().getMethods()) {
                for (String path : entry.getKey().getPatternValues()) {
                    found.add(new Operation(method.name(), path, parameters, allowed == null ? null : allowed.value()));
                }
            }
        }
        found.sort(Comparator.comparing(Operation::path)
                .thenComparing(Operation::method)
                .thenComparing(operation -> operation.parameters().toString()));
        return found;
    }

    /** As the documentation lists it. */
    String line() {
        String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        return "| `" + method + " " + path + query + "` | " + (role == null ? "**nobody**" : role.key()) + " |";
    }

    /** The parameters that make a request be this operation. */
    String query() {
        return parameters.stream()
                .filter(parameter -> !parameter.startsWith("!"))
                .collect(Collectors.joining("&"));
    }

    HttpRequest.Builder request(Server server) {
        URI address = server.address(path.replaceAll("\\{[^}]*}|\\*+", "x") + (query().isEmpty() ? "" : "?" + query()));
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{}"));
    }
}
