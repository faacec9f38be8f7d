package dev.concord.api.access;

import dev.concord.api.ErrorWriter;
import dev.concord.run.Home;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
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
        return new UserFile(home.folder().resolve("users.yaml"));
    }

    @Bean
    FirstToken firstToken(UserFile users, Environment settings) {
        return new FirstToken(users, users.users().isEmpty() && settings.getProperty(ISSUER) == null);
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
        DaoAuthenticationProvider passwords = new DaoAuthenticationProvider(details(users));
        passwords.setPasswordEncoder(PasswordEncoderFactories.createDelegatingPasswordEncoder());
        return new Credentials(new ProviderManager(passwords), first);
    }

    private static UserDetailsService details(UserFile users) {
        return name -> users.find(name)
                .map(user -> User.withUsername(user.name())
                        .password(user.password())
                        .authorities(user.roles().stream().map(Role::authority).toArray(String[]::new))
                        .build())
                .orElseThrow(() -> new UsernameNotFoundException("no such user"));
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
            Environment settings,
            @Value("${concord.access.roles-claim}") String rolesClaim) {
        AuthenticationEntryPoint unknown = (request, response, e) -> errors.write(
                request,
                response,
                HttpStatus.UNAUTHORIZED,
                "Say who you are: with the headers"
                        + " X-OpenIDM-Username and X-OpenIDM-Password, with HTTP Basic or with a bearer token.");
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
        String issuer = settings.getProperty(ISSUER);
        if (issuer != null) {
            JwtDecoder decoder = JwtDecoders.fromIssuerLocation(issuer);
            http.oauth2ResourceServer(server -> server.authenticationEntryPoint(unknown)
                    .jwt(jwt -> jwt.decoder(decoder).jwtAuthenticationConverter(converter(rolesClaim))));
        }
        return http.build();
    }

    private static JwtAuthenticationConverter converter(String claim) {
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(token -> authorities(token.getClaim(claim)));
        return converter;
    }

    private static Collection<GrantedAuthority> authorities(@Nullable Object claim) {
        Collection<?> roles =
                claim instanceof Collection<?> several ? several : claim == null ? List.of() : List.of(claim);
        return roles.stream()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(
                        "ROLE_" + String.valueOf(role).toUpperCase(Locale.ROOT)))
                .toList();
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
