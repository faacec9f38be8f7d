package dev.concord.api;

import dev.concord.filter.FilterSyntaxException;
import dev.concord.ledger.LeaseHeld;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.run.RunCutOff;
import dev.concord.run.RunRefused;
import dev.concord.run.SomebodyElseNeeded;
import dev.concord.run.UnusableDefinition;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.UnusableObjectSet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.UnsatisfiedServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says what went wrong, in the shape of the door, and nothing of what is inside. */
@RestControllerAdvice
final class ErrorAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAdvice.class);

    /** How many faults of a definition are told; `validate` shows all of them. */
    private static final int FAULTS = 3;

    private final ErrorWriter errors;

    ErrorAdvice(ErrorWriter errors) {
        this.errors = errors;
    }

    @ExceptionHandler
    void answer(Exception e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isGone(e)) {
            return;
        }
        HttpStatus status = status(e);
        if (e instanceof HttpRequestMethodNotSupportedException other && other.getSupportedMethods() != null) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", other.getSupportedMethods()));
        }
        errors.write(request, response, status, message(e, status), detail(e));
    }

    /** Whether whoever asked is; other trouble with input and output is ours, and an answer must not hide it. */
    private static boolean isGone(@Nullable Throwable e) {
        return e instanceof ClientAbortException || (e != null && e.getCause() != e && isGone(e.getCause()));
    }

    private static Map<String, ? extends @Nullable Object> detail(Exception e) {
        return switch (e) {
            case Refusal refusal -> refusal.detail();
            case UnusableDefinition unusable
            when !unusable.faults().isEmpty() ->
                Map.of(
                        "faults",
                        unusable.faults().stream().map(ErrorAdvice::fault).toList());
            default -> Map.of();
        };
    }

    private static Map<String, @Nullable Object> fault(Fault fault) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("severity", fault.severity().name());
        json.put("file", "jobs/" + fault.place().file());
        json.put("line", fault.place().line());
        json.put("pointer", fault.place().pointer());
        json.put("message", fault.message());
        return json;
    }

    private static HttpStatus status(Exception e) {
        return switch (e) {
            case Refusal refusal -> refusal.status();
            case AccessDeniedException denied -> HttpStatus.FORBIDDEN;
            case LeaseHeld held -> HttpStatus.CONFLICT;
            case UnusableDefinition unusable -> HttpStatus.BAD_REQUEST;
            case UnusableObjectSet unusable -> HttpStatus.BAD_REQUEST;
            case SomebodyElseNeeded refused -> HttpStatus.FORBIDDEN;
            case RunRefused refused -> HttpStatus.BAD_REQUEST;
            case FilterSyntaxException syntax -> HttpStatus.BAD_REQUEST;
            case HttpMessageNotReadableException unreadable -> HttpStatus.BAD_REQUEST;
            case TypeMismatchException mismatch -> HttpStatus.BAD_REQUEST;
            case BadRequestException broken -> HttpStatus.BAD_REQUEST;
            case InvalidParameterException broken -> HttpStatus.valueOf(broken.getErrorCode());
            case SystemUnavailable unavailable -> HttpStatus.SERVICE_UNAVAILABLE;
            case RunCutOff cutOff -> HttpStatus.SERVICE_UNAVAILABLE;
            case DataAccessException trouble -> HttpStatus.SERVICE_UNAVAILABLE;
            case ErrorResponse known -> HttpStatus.valueOf(known.getStatusCode().value());
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    /** Spring writes an exclamation mark before what must not be there. */
    private static String wanted(UnsatisfiedServletRequestParameterException unknown) {
        Map<Boolean, List<String>> conditions = unknown.getParamConditionGroups().stream()
                .map(group -> String.join("&", group))
                .distinct()
                .sorted()
                .collect(Collectors.partitioningBy(condition -> condition.startsWith("!")));
        String wanted = String.join(" or ", conditions.getOrDefault(false, List.of()));
        String unwanted = String.join(
                " or ",
                conditions.getOrDefault(true, List.of()).stream()
                        .map(condition -> "no " + condition.substring(1) + " at all")
                        .toList());
        return "This takes " + wanted + (wanted.isEmpty() ? "" : " among its parameters")
                + (wanted.isEmpty() || unwanted.isEmpty() ? "" : ", or ") + unwanted + ".";
    }

    /** What others throw may repeat values of records. */
    private static String message(Exception e, HttpStatus status) {
        if (e instanceof UnsatisfiedServletRequestParameterException unknown) {
            return wanted(unknown);
        }
        if (e instanceof UnusableDefinition unusable) {
            return unusable.getMessage()
                    + unusable.faults().stream()
                            .limit(FAULTS)
                            .map(fault -> " " + fault.place() + ": " + fault.message())
                            .collect(Collectors.joining());
        }
        if (e instanceof ErrorResponse known) {
            return String.valueOf(known.getBody().getDetail());
        }
        if (e instanceof HttpMessageNotReadableException) {
            return "A body is required, as JSON.";
        }
        if (e instanceof BadRequestException) {
            return "The request's body cannot be read as it was sent.";
        }
        if (e instanceof InvalidParameterException) {
            return "The parameters cannot be read: percent signs begin two hexadecimal digits of UTF-8, and there are not"
                    + " as many parameters as this.";
        }
        if (e instanceof TypeMismatchException mismatch) {
            return "The parameter " + mismatch.getPropertyName() + " has another form: "
                    + (mismatch.getRequiredType() == null
                            ? "?"
                            : mismatch.getRequiredType().getSimpleName()) + ".";
        }
        if (e instanceof DataAccessException) {
            LOG.error("The platform database made trouble during a request.");
            return "The platform database makes trouble; try again.";
        }
        if (status == HttpStatus.INTERNAL_SERVER_ERROR && !(e instanceof Refusal)) {
            LOG.error("A request met an error of the program.", e);
            return "An error of the program; its log says more.";
        }
        return String.valueOf(e.getMessage());
    }
}
