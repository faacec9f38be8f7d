package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.access.Caller;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.RunKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries as somebody may see them. Without the role of an auditor, whatever holds values of attributes is empty, also
 * for filters and orders, which could tell them otherwise.
 */
public record EntryDocuments(boolean values, boolean audit) {

    /** For whoever asks in the calling thread. */
    public static EntryDocuments forCaller() {
        return new EntryDocuments(Caller.current().may(Role.AUDITOR), false);
    }

    /** With what the audit log has besides. */
    EntryDocuments asAudit() {
        return new EntryDocuments(values, true);
    }

    public Map<String, @Nullable Object> of(EntryView entry) {
        Map<String, @Nullable Object> json = entry.json();
        if (!values) {
            json.put("messageDetail", null);
            json.put("display", Map.of());
            json.put("differences", List.of());
        }
        if (audit) {
            json.put("entryType", "entry");
            json.put("reconAction", action(entry.run().kind()));
            json.put("reconciling", side(entry));
        }
        return json;
    }

    private static String action(RunKind kind) {
        return switch (kind) {
            case FULL, FILTER -> "recon";
            case SINGLE -> "reconById";
            case ACTION -> "performAction";
            case FAILED -> "reconFailed";
            case APPLY -> "apply";
            case UNDO -> "undo";
        };
    }

    private static String side(EntryView entry) {
        return switch (entry.segment().phase()) {
            case SOURCE -> "source";
            case TARGET -> "target";
            case LINKS -> "link";
            case DELETES -> entry.entry().sourceId() == null ? "target" : "source";
        };
    }
}
