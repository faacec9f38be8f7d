package dev.concord.api;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What is done with requests before an operation sees them; errors there have the shape of all others. */
@Configuration(proxyBeanMethods = false)
class WebServerConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorValve() {
        return factory -> factory.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ErrorValve.class.getName()));
    }

    @Bean
    WebMvcConfigurer parameterCheck() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                // Who may not do something is not told how it is done.
                registry.addInterceptor(new ParameterCheck()).order(1);
            }
        };
    }

    @Bean
    RequestRejectedHandler rejectedAddresses(ErrorWriter errors) {
        return (request, response, e) -> errors.write(
                request, response, HttpStatus.BAD_REQUEST, "The address holds characters that are not allowed.");
    }
}
