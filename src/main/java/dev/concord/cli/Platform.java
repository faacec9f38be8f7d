package dev.concord.cli;

import dev.concord.run.Home;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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
    private final Class<?> server;
    private final Home home;
    private volatile @Nullable ConfigurableApplicationContext context;
    private volatile @Nullable CountDownLatch end;

    Platform(Class<?> application, Class<?> server, Home home) {
        this.application = application;
        this.server = server;
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

    /**
     * Starts everything that a server consists of, in place of the little that commands need.
     *
     * @param settings that go before all others, such as {@code server.port}
     */
    void serve(Map<String, Object> settings) {
        SpringApplication spring = prepared(server);
        spring.setWebApplicationType(WebApplicationType.SERVLET);
        spring.addInitializers(starting ->
                starting.getEnvironment().getPropertySources().addFirst(new MapPropertySource("options", settings)));
        CountDownLatch latch = new CountDownLatch(1);
        end = latch;
        context = spring.run();
    }

    /** Waits until somebody ends the server. */
    void awaitEndOfServing() throws InterruptedException {
        CountDownLatch latch = end;
        if (latch != null) {
            latch.await();
        }
    }

    /** Ends the server of this process; answers whether there is one. For any thread. */
    boolean endServing() {
        CountDownLatch latch = end;
        if (latch != null) {
            latch.countDown();
        }
        return latch != null;
    }

    private ConfigurableApplicationContext start() {
        SpringApplication spring = prepared(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.setLazyInitialization(true);
        return spring.run();
    }

    private SpringApplication prepared(Class<?> root) {
        SpringApplication spring = new SpringApplication(root);
        spring.setAddCommandLineProperties(false);
        spring.setRegisterShutdownHook(false);
        // The pool would tell of an unreachable database with a stack trace; the command says it in a sentence.
        spring.setDefaultProperties(Map.of("logging.level.com.zaxxer.hikari", "off"));
        spring.addInitializers(starting -> starting.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "home", Map.of("concord.home", home.folder().toString()))));
        return spring;
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
