package dev.concord.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Cuts the connection under an answer that met trouble when a part of it was sent already. If it ended as usual, nobody
 * could tell half an export from a whole one.
 */
@Component
final class BrokenAnswerFilter extends OncePerRequestFilter {

    static final String BROKEN = BrokenAnswerFilter.class.getName();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (request.getAttribute(BROKEN) != null) {
            throw new CloseNowException("The answer broke off.");
        }
    }
}
