package dev.concord.api;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What the web server itself refuses, such as an address that cannot be read, in the shape of all other errors. */
public final class ErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        if (cause instanceof IOException) {
            // What operations read and write themselves is answered by them; this is a body that cannot be read.
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        }
        int code = response.getStatus();
        if (code < HttpStatus.BAD_REQUEST.value() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.resolve(code);
        try {
            response.setContentType(ErrorWriter.contentType(String.valueOf(request.getRequestURI())));
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(ErrorWriter.json(
                        String.valueOf(request.getRequestURI()),
                        status == null ? HttpStatus.BAD_REQUEST : status,
                        message(request, code)));
                response.finishResponse();
            }
        } catch (IOException e) {
            // Whoever asked is gone.
            return;
        }
    }

    private static String message(Request request, int code) {
        return switch (code) {
            case 405, 501 ->
                "Nothing is done here for the method " + request.getMethod() + " or this transfer encoding.";
            case 417 -> "Nothing but 100-continue can be expected.";
            case 500 -> "An error of the program; its log says more.";
            default ->
                "The request cannot be read as it was sent. Characters in its address may have to be encoded, or a part"
                        + " of it is too long or left out.";
        };
    }
}
