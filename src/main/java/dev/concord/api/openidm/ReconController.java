package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Refusal;
import dev.concord.api.access.Allowed;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Runs;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.RunRequest;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs: start, look, cancel, forget. */
@RestController
@RequestMapping("/openidm/recon")
final class ReconController {

    private final BackgroundRuns background;
    private final Runs runs;
    private final LedgerReader ledger;
    private final Clock clock;

    ReconController(BackgroundRuns background, Runs runs, LedgerReader ledger, Clock clock) {
        this.background = background;
        this.runs = runs;
        this.ledger = ledger;
        this.clock = clock;
    }

    @GetMapping("/{id}")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> run(@PathVariable String id) {
        return runs.find(id)
                .map(run -> ledger.view(run).json(clock.instant()))
                .orElseThrow(() -> Refusal.notFound("There is no run " + id + "."));
    }

    @PostMapping(params = "_action=recon")
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> start(@RequestParam String mapping) {
        var run = background.start(RunRequest.full(mapping));
        return Map.of("_id", run.id(), "state", run.state().name());
    }
}
