package dev.concord.telemetry;

import dev.concord.audit.AuditEntry;
import dev.concord.audit.AuditListener;
import dev.concord.record.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Repeats each line of the audit trail in the log of the server, as JSON, so that there is a copy where whoever can
 * write to the database cannot.
 */
@Component
final class AuditLog implements AuditListener {

    private static final Logger LOG = LoggerFactory.getLogger("concord.audit");

    @Override
    public void noted(AuditEntry entry) {
        LOG.info("{}", Json.write(entry.json()));
    }
}
