package dev.concord.api;

import dev.concord.record.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Errors in the shape of the door: {@code {code, reason, message, detail?}} as PingIDM has it, problem+json (RFC 9457)
 * under {@code /api}. Safe for use by several threads.
 */
@Component
public final class ErrorWriter {

    /** Headers that are as good with an error as with an answer. */
    private static final List<String> KEPT = List.of(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.ALLOW, "X-Request-Id");

    /** Answers with an error, or breaks the answer off when it is under way already. */
    public void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String message)
            throws IOException {
        write(request, response, status, message, Map.of());
    }

    /**
     * Answers with an error of which there is more to say, unless the answer is under way already.
     *
     * @param more becomes {@code detail}, or members of the problem; empty for nothing
     */
    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String message,
            Map<String, ? extends @Nullable Object> more)
            throws IOException {
        if (response.isCommitted()) {
            request.setAttribute(BrokenAnswerFilter.BROKEN, true);
            return;
        }
        // What an answer has written so far, and by which way, is forgotten.
        Map<String, String> kept = new LinkedHashMap<>();
        KEPT.forEach(name -> {
            if (response.getHeader(name) != null) {
                kept.put(name, response.getHeader(name));
            }
        });
        response.reset();
        kept.forEach(response::setHeader);
        String path = request.getRequestURI();
        response.setStatus(status.value());
        response.setContentType(contentType(path));
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().write(json(path, status, message, more));
    }

    private static boolean isOwn(String path) {
        return path.startsWith("/api/");
    }

    static String contentType(String path) {
        return isOwn(path) ? "application/problem+json" : "application/json";
    }

    static String json(String path, HttpStatus status, String message) {
        return json(path, status, message, Map.of());
    }

    private static String json(
            String path, HttpStatus status, String message, Map<String, ? extends @Nullable Object> more) {
        Map<String, @Nullable Object> json = isOwn(path) ? problem(status, message) : crest(status, message);
        if (isOwn(path)) {
            json.putAll(more);
        } else if (!more.isEmpty()) {
            json.put("detail", more);
        }
        return Json.write(json);
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
