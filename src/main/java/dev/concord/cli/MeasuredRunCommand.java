package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.bench.HeapWatch;
import dev.concord.bench.StageTimes;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code run} as the benchmarks start it: it also tells what the run took, in a line of JSON. Does it again for each
 * line that it is given.
 */
@Command(name = "measured-run", hidden = true, description = "Runs a mapping and tells what that took, in JSON.")
final class MeasuredRunCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "MAPPING", description = "The name of the mapping.")
    private String mapping = "";

    @Option(names = "--entries", description = "Count the entries of the report afterwards.")
    private boolean entries;

    MeasuredRunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        BufferedReader asking = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int code;
        do {
            code = run();
        } while (asking.readLine() != null);
        return code;
    }

    private int run() {
        HeapWatch heap = HeapWatch.begin();
        StageTimes times = new StageTimes();
        Run run = shell.platform().get(Reconciliations.class).start(RunRequest.full(mapping), Actor.ofCommand(), times);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("memory", heap.megabytes());
        LedgerReader reader = shell.platform().get(LedgerReader.class);
        RunView view = reader.view(run);
        answer.put("run", view.json(Instant.now()));
        answer.put("stages", times.seconds());
        if (entries) {
            long[] count = {0};
            reader.entries(run.id(), counts -> true, (segment, index, entry) -> ++count[0] > 0);
            answer.put("entries", count[0]);
        }
        shell.screen().result(Json.write(answer));
        shell.screen().flush();
        return ExitCode.of(view);
    }
}
