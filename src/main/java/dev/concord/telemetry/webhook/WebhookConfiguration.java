package dev.concord.telemetry.webhook;

import dev.concord.run.Home;
import dev.concord.run.RepeatedWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what a server delivers webhooks with. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    WebhookFiles webhookFiles(Home home) {
        return new WebhookFiles(home.jobs());
    }

    @Bean
    HealthIndicator webhooksHealthIndicator(WebhookFiles files) {
        return new WebhookHealth(files);
    }

    /** Also says at the start of a server what is wrong with the files. */
    @Bean
    SmartInitializingSingleton faultyWebhooks(WebhookFiles files, Postman postman, MeterRegistry meters) {
        return () -> {
            Gauge.builder(
                            "recon.webhooks.faulty",
                            files,
                            all -> all.read().faulty().size())
                    .description("Webhooks that are told of nothing, because their files have faults.")
                    .register(meters);
            postman.tell(files.read().faulty());
        };
    }

    @Bean
    Postman postman(
            Outbox outbox,
            WebhookFiles files,
            Clock clock,
            MeterRegistry meters,
            @Value("${concord.webhooks.timeout}") Duration timeout,
            @Value("${concord.webhooks.pause}") Duration pause,
            @Value("${concord.webhooks.attempts}") int attempts) {
        return new Postman(outbox, files, clock, new Postman.Manners(timeout, pause, attempts), meters);
    }

    @Bean
    RepeatedWork webhookRounds(Postman postman, @Value("${concord.webhooks.look}") Duration look) {
        return new RepeatedWork("webhooks", look, goesOn -> postman.round());
    }
}
