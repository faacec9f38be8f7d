package dev.concord.cli;

import dev.concord.run.Home;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * The Spring context behind the commands that need the platform database, started when the first of them asks. Only
 * what is asked for is made; the database is reached, and brought up to date, with the first part that uses it.
 */
final class Platform implements AutoCloseable {

    private final Class<?> application;
    private final Home home;
    private volatile @Nullable ConfigurableApplicationContext context;

    Platform(Class<?> application, Home home) {
        this.application = application;
        this.home = home;
    }

    /** A part of the house. */
    <T> T get(Class<T> type) {
        return context().getBean(type);
    }

    /** A part of the house, unless nobody needed the house so far. For any thread. */
    <T> Optional<T> started(Class<T> type) {
        return Optional.ofNullable(context).map(house -> house.getBean(type));
    }

    Environment settings() {
        return context().getEnvironment();
    }

    private ConfigurableApplicationContext context() {
        ConfigurableApplicationContext started = context;
        if (started == null) {
            started = start();
            context = started;
        }
        return started;
    }

    private ConfigurableApplicationContext start() {
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.setLazyInitialization(true);
        spring.setAddCommandLineProperties(false);
        spring.setRegisterShutdownHook(false);
        // The pool would tell of an unreachable database with a stack trace; the command says it in a sentence.
        spring.setDefaultProperties(Map.of("logging.level.com.zaxxer.hikari", "off"));
        spring.addInitializers(starting -> starting.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "home", Map.of("concord.home", home.folder().toString()))));
        return spring.run();
    }

    @Override
    public void close() {
        ConfigurableApplicationContext started = context;
        context = null;
        if (started != null) {
            started.close();
        }
    }
}
