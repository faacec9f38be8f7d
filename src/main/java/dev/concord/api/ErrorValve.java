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
        int code = response.getStatus();
        if (code < HttpStatus.BAD_REQUEST.value() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.resolve(code);
        try {
            response.setContentType("application/json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(ErrorWriter.json(
                        String.valueOf(request.getRequestURI()),
                        status == null ? HttpStatus.BAD_REQUEST : status,
                        "The request cannot be read; characters in its address may have to be encoded."));
                response.finishResponse();
            }
        } catch (IOException e) {
            // Whoever asked is gone.
            return;
        }
    }
}
