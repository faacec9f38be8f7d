package dev.concord.telemetry.webhook;

import dev.concord.run.Home;
import dev.concord.run.RepeatedWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what a server delivers webhooks with. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    Postman postman(
            Outbox outbox,
            Home home,
            Clock clock,
            MeterRegistry meters,
            @Value("${concord.webhooks.timeout}") Duration timeout,
            @Value("${concord.webhooks.pause}") Duration pause,
            @Value("${concord.webhooks.attempts}") int attempts) {
        return new Postman(outbox, home.jobs(), clock, new Postman.Manners(timeout, pause, attempts), meters);
    }

    @Bean
    RepeatedWork webhookRounds(Postman postman, @Value("${concord.webhooks.look}") Duration look) {
        return new RepeatedWork("webhooks", look, goesOn -> postman.round());
    }
}
