package dev.concord.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request that is answered with an error. The message is for the caller: it holds no secret and no personal value.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final transient Map<String, ? extends @Nullable Object> detail;

    public Refusal(HttpStatus status, String message) {
        this(status, message, Map.of());
    }

    /** @param detail what programs may want to know beside the message; JSON values */
    public Refusal(HttpStatus status, String message, Map<String, ? extends @Nullable Object> detail) {
        super(message);
        this.status = status;
        this.detail = detail;
    }

    public static Refusal badRequest(String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, message);
    }

    public static Refusal notFound(String message) {
        return new Refusal(HttpStatus.NOT_FOUND, message);
    }

    public static Refusal conflict(String message) {
        return new Refusal(HttpStatus.CONFLICT, message);
    }

    public static Refusal preconditionFailed(String message) {
        return new Refusal(HttpStatus.PRECONDITION_FAILED, message);
    }

    public Map<String, ? extends @Nullable Object> detail() {
        return detail;
    }

    public HttpStatus status() {
        return status;
    }
}
