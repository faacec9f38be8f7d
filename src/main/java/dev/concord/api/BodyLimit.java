package dev.concord.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are larger than anybody needs, whether or not they say so in advance, and those of forms. */
@Component
final class BodyLimit extends OncePerRequestFilter {

    private final long most;
    private final ErrorWriter errors;

    BodyLimit(@Value("${concord.api.largest-body}") DataSize most, ErrorWriter errors) {
        this.most = most.toBytes();
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > most) {
            errors.write(request, response, HttpStatus.CONTENT_TOO_LARGE, message());
            return;
        }
        if (isForm(request)) {
            errors.write(
                    request,
                    response,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Nothing here takes a form, and what is in this one would be overlooked. Send the body as JSON, with"
                            + " Content-Type: application/json.");
            return;
        }
        chain.doFilter(new Limited(request), response);
    }

    /** What {@code curl -d} says of a body unless it is told otherwise; servers then take it for parameters. */
    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && (type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE) || type.startsWith("multipart/"))
                && (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null);
    }

    private String message() {
        return "The body is larger than " + most + " bytes (concord.api.largest-body).";
    }

    private final class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream all = super.getInputStream();
            return new ServletInputStream() {
                private long left = most;

                @Override
                public int read() throws IOException {
                    int octet = all.read();
                    return octet < 0 ? octet : counted(1, octet);
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int count = all.read(into, offset, length);
                    return count < 0 ? count : counted(count, count);
                }

                private int counted(int count, int answer) {
                    left -= count;
                    if (left < 0) {
                        throw new Refusal(HttpStatus.CONTENT_TOO_LARGE, message());
                    }
                    return answer;
                }

                @Override
                public boolean isFinished() {
                    return all.isFinished();
                }

                @Override
                public boolean isReady() {
                    return all.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    all.setReadListener(listener);
                }
            };
        }
    }
}
