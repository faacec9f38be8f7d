package dev.concord.api;

import dev.concord.record.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses what would be overlooked: parameters and bodies that an operation does not {@link Takes take}; for all others
 * a parameter that CREST reserves by its first character and does not have, or that is there more than once.
 */
final class ParameterCheck implements HandlerInterceptor {

    /** How an answer is shown; clients of PingIDM send them with everything. */
    private static final Set<String> ALWAYS = Set.of("_fields", "_prettyPrint");

    private static final List<String> OF_CREST = List.of(
            "_queryFilter",
            "_queryId",
            "_fields",
            "_sortKeys",
            "_pageSize",
            "_pagedResultsCookie",
            "_pagedResultsOffset",
            "_totalPagedResultsPolicy",
            "_countOnly",
            "_action",
            "_prettyPrint",
            "_skipUnreadable");

    /** What scripts of pages add so that no browser answers from its memory; it asks for nothing. */
    private static final String NOTHING = "_";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Takes takes = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Takes.class) : null;
        request.getParameterMap().forEach((name, values) -> {
            boolean once = takes == null
                    ? name.startsWith("_")
                    : !Arrays.asList(takes.several()).contains(name);
            if (once && values.length > 1) {
                throw Refusal.badRequest(name + " is there " + (values.length == 2 ? "twice" : values.length + " times")
                        + "; give it once.");
            }
        });
        if (takes == null) {
            checkReserved(request.getParameterMap().keySet());
        } else if (handler instanceof HandlerMethod method) {
            checkNames(request.getParameterMap().keySet(), allowed(method, takes));
            if (!takes.body()) {
                checkBody(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return true;
    }

    private static List<String> allowed(HandlerMethod method, Takes takes) {
        List<String> allowed = new ArrayList<>();
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        if (mapping != null && mapping.params().length > 0) {
            allowed.add("_action");
        }
        allowed.addAll(Arrays.asList(takes.value()));
        return allowed;
    }

    private static void checkNames(Set<String> names, List<String> allowed) {
        for (String name : names) {
            if (!allowed.contains(name) && !ALWAYS.contains(name)) {
                throw Refusal.badRequest(
                        "The parameter " + Json.write(name) + " is not known here, so nothing was done."
                                + (allowed.isEmpty()
                                        ? " This takes none."
                                        : " This takes " + String.join(", ", allowed) + ", and no others."));
            }
        }
    }

    private static void checkReserved(Set<String> names) {
        for (String name : names) {
            if (name.startsWith("_") && !name.equals(NOTHING) && !OF_CREST.contains(name)) {
                throw Refusal.badRequest("The parameter " + Json.write(name)
                        + " is not known. Those that begin with _ are " + String.join(", ", OF_CREST) + ".");
            }
        }
    }

    private static void checkBody(String body) {
        if (body.isBlank()) {
            return;
        }
        Object json;
        try {
            json = Json.read(body);
        } catch (IllegalArgumentException none) {
            json = body;
        }
        if (!(json instanceof Map<?, ?> members) || !members.isEmpty()) {
            throw Refusal.badRequest("This takes no body, and " + said(json)
                    + " would be overlooked, so nothing was done. Leave it out, or see which parameters there are.");
        }
    }

    private static String said(@Nullable Object json) {
        return json instanceof Map<?, ?> members
                ? String.join(
                        ", ",
                        members.keySet().stream().map(Json::write).sorted().toList())
                : "what is in this one";
    }
}
