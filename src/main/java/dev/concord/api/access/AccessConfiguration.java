package dev.concord.api.access;

import dev.concord.access.UnusableUsers;
import dev.concord.access.UserFile;
import dev.concord.api.ErrorWriter;
import dev.concord.run.Home;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Every request says who sends it; what they may do is said by each operation. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AccessConfiguration.class);
    private static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

    @Bean
    UserFile userFile(Home home) {
        return new UserFile(home.users());
    }

    @Bean
    FirstToken firstToken(UserFile users, Environment settings) {
        boolean open = users.users().isEmpty() && settings.getProperty(ISSUER) == null;
        String address = settings.getRequiredProperty("server.address");
        if (open && !isLoopback(address)) {
            throw new UnusableUsers("Others can reach " + address + ", and nobody has to say who they are yet. Make a"
                    + " user first (`concord user NAME --role admin`), or set an identity provider (" + ISSUER + ").");
        }
        return new FirstToken(users, open);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** On the log, which is where whoever starts a server looks. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> greeting(FirstToken first) {
        return ready -> {
            if (first.token() != null) {
                LOG.warn(
                        "There are no users yet. Until there are, and from this machine alone, this token is good for"
                                + " everything: Authorization: Bearer {}",
                        first.token());
            }
        };
    }

    @Bean
    Credentials credentials(UserFile users, FirstToken first) {
        return new Credentials(users, first);
    }

    /** Health and meters are for machines inside the network, on a port of their own; they name no person. */
    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain doors(
            HttpSecurity http,
            Credentials credentials,
            ErrorWriter errors,
            ObjectProvider<JwtDecoder> tokens,
            @Value("${concord.access.roles-claim}") String rolesClaim) {
        AuthenticationEntryPoint unknown = (request, response, e) -> {
            if (e instanceof LockedException) {
                errors.write(
                        request,
                        response,
                        HttpStatus.TOO_MANY_REQUESTS,
                        "Too many wrong passwords for this name;" + " it is closed for a minute.");
            } else {
                response.setHeader("WWW-Authenticate", "Basic realm=\"Concord\", Bearer realm=\"Concord\"");
                errors.write(
                        request,
                        response,
                        HttpStatus.UNAUTHORIZED,
                        "Say who you are: with the headers"
                                + " X-OpenIDM-Username and X-OpenIDM-Password, with HTTP Basic or with a bearer token.");
            }
        };
        AccessDeniedHandler denied =
                (request, response, e) -> errors.write(request, response, HttpStatus.FORBIDDEN, "Access denied.");
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // No cookie says who somebody is, so nobody else's page can make a browser say it.
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .addFilterBefore(new CredentialsFilter(credentials, unknown), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(unknown).accessDeniedHandler(denied));
        JwtDecoder decoder = tokens.getIfAvailable();
        if (decoder != null) {
            http.oauth2ResourceServer(server -> server.authenticationEntryPoint(unknown)
                    .jwt(jwt ->
                            jwt.decoder(decoder).jwtAuthenticationConverter(converter(new RolesClaim(rolesClaim)))));
        }
        return http.build();
    }

    private static JwtAuthenticationConverter converter(RolesClaim claim) {
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(token -> claim.in(token.getClaims()).stream()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role.toUpperCase(Locale.ROOT)))
                .toList());
        return converter;
    }

    @Bean
    WebMvcConfigurer roleCheck() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RoleCheck());
            }
        };
    }
}
