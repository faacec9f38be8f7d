package dev.concord.api;

import dev.concord.record.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Errors in the shape of the door: {@code {code, reason, message}} as PingIDM has it, problem+json (RFC 9457) under
 * {@code /api}. Safe for use by several threads.
 */
@Component
public final class ErrorWriter {

    /** Answers with an error, unless the answer is under way already. */
    public void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String message)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        // What an answer has written so far, and by which way, is forgotten.
        response.reset();
        String path = request.getRequestURI();
        response.setStatus(status.value());
        response.setContentType(isOwn(path) ? "application/problem+json" : "application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().write(json(path, status, message));
    }

    private static boolean isOwn(String path) {
        return path.startsWith("/api/");
    }

    static String json(String path, HttpStatus status, String message) {
        return Json.write(isOwn(path) ? problem(status, message) : crest(status, message));
    }

    private static Map<String, @Nullable Object> crest(HttpStatus status, String message) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", status.value());
        json.put("reason", status.getReasonPhrase());
        json.put("message", message);
        return json;
    }

    private static Map<String, @Nullable Object> problem(HttpStatus status, String message) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("title", status.getReasonPhrase());
        json.put("status", status.value());
        json.put("detail", message);
        return json;
    }
}
