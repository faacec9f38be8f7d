package dev.concord.telemetry.webhook;

import java.util.Set;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Whether all webhooks can be told of runs. */
record WebhookHealth(WebhookFiles files) implements HealthIndicator {

    private static final Status WARNING = new Status("WARNING");

    @Override
    public Health health() {
        WebhookFiles.Content content = files.read();
        Set<String> faulty = content.faulty().keySet();
        Health.Builder health = faulty.isEmpty() ? Health.up() : Health.status(WARNING);
        health.withDetail("webhooks", content.usable().size());
        if (!faulty.isEmpty()) {
            health.withDetail("faulty", faulty);
        }
        return health.build();
    }
}
