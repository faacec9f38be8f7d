package dev.concord.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What a request is called in the audit trail, and in the answer: as the client or a proxy before it calls it, if that
 * is a plain word, or by a random name.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIds extends OncePerRequestFilter {

    private static final String NAME = RequestIds.class.getName();
    private static final String HEADER = "X-Request-Id";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");

    static String of(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(NAME));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = Stream.of(HEADER, "X-ForgeRock-TransactionId")
                .map(request::getHeader)
                .filter(given -> given != null && PLAIN.matcher(given).matches())
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
        request.setAttribute(NAME, id);
        response.setHeader(HEADER, id);
        chain.doFilter(request, response);
    }
}
