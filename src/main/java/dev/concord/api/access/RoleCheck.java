package dev.concord.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets an operation be done by who has the role that it names, and by nobody when it names none. */
final class RoleCheck implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (HttpMethod.OPTIONS.matches(request.getMethod())) {
            // No operation is one; it tells which there are.
            return true;
        }
        Allowed allowed = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Allowed.class) : null;
        if (allowed == null) {
            throw new AccessDeniedException("Nobody may do this.");
        }
        if (!Caller.current().may(allowed.value())) {
            throw new AccessDeniedException(
                    "This takes the role " + allowed.value().key() + ".");
        }
        return true;
    }
}
