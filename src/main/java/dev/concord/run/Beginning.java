package dev.concord.run;

import dev.concord.audit.Deed;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run begins with.
 *
 * @param definitions those that are frozen with it, as far as the mapping needs them
 * @param mapping one of the definitions
 * @param parameters of the run, as its row keeps them
 * @param deed what the audit trail says of its start
 */
record Beginning(
        String runId,
        Definitions definitions,
        Mapping mapping,
        RunKind kind,
        boolean analyze,
        Map<String, @Nullable Object> parameters,
        Deed deed) {}
