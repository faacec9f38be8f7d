package dev.concord.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes PingIDM's header pair, HTTP Basic, and the token of the first start; other bearer tokens are left alone. */
final class CredentialsFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final Credentials credentials;
    private final AuthenticationEntryPoint refused;
    private final BasicAuthenticationConverter basic = new BasicAuthenticationConverter();

    CredentialsFilter(Credentials credentials, AuthenticationEntryPoint refused) {
        this.credentials = credentials;
        this.refused = refused;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Authentication authentication = authentication(request);
            if (authentication != null) {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(authentication);
                SecurityContextHolder.setContext(context);
            }
        } catch (AuthenticationException e) {
            refused.commence(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Also when it is answered in the background: who asks is not remembered between dispatches. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private @Nullable Authentication authentication(HttpServletRequest request) {
        String name = request.getHeader("X-OpenIDM-Username");
        String password = request.getHeader("X-OpenIDM-Password");
        if (name != null && password != null) {
            return credentials.user(name, password);
        }
        String header = request.getHeader("Authorization");
        if (header != null && header.startsWith(BEARER)) {
            return credentials.first(header.substring(BEARER.length()));
        }
        Authentication pair = basic.convert(request);
        return pair == null ? null : credentials.user(pair.getName(), String.valueOf(pair.getCredentials()));
    }
}
