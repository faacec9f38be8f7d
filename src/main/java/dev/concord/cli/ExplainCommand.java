package dev.concord.cli;

import dev.concord.explanation.Decision;
import dev.concord.explanation.Explanation;
import dev.concord.explanation.Explanation.Side;
import dev.concord.explanation.Explanation.Subject;
import dev.concord.record.Json;
import dev.concord.run.Explanations;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Shows what a run would do with one record now, and why, step by step. Touches nothing.")
final class ExplainCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "MAPPING", description = "The name of the mapping.")
    private String mapping = "";

    @Parameters(index = "1", paramLabel = "ID", description = "The id of a source record, whether it exists or not.")
    private String id = "";

    @Option(
            names = "--target",
            description = "ID is that of a target; look at it as a run does once all sources are done.")
    private boolean target;

    @Option(names = "--link-qualifier", paramLabel = "Q", description = "Only under this link qualifier.")
    private @Nullable String qualifier;

    @Option(
            names = "--preview",
            description = "Show only the target object that becomes of the source, whether or not it would be written.")
    private boolean preview;

    @Mixin
    private JsonOption answer = new JsonOption();

    ExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (preview && target) {
            throw new Refused("--preview shows what becomes of a source; leave out --target, and name a source.");
        }
        Explanations explanations = shell.platform().get(Explanations.class);
        Explanation explanation = preview
                ? explanations.preview(mapping, id)
                : explanations.explain(mapping, new Subject(target ? Side.TARGET : Side.SOURCE, id));
        if (qualifier != null) {
            explanation = only(explanation, qualifier);
        }
        if (preview) {
            new PreviewText(shell, explanation).print(answer.json);
        } else if (answer.json) {
            shell.screen().result(Json.writePretty(explanation.json()));
        } else {
            new ExplanationText(shell, explanation).print();
        }
        return ExitCode.DONE;
    }

    /** A record that failed before its link qualifiers were known stays. */
    private static Explanation only(Explanation explanation, String qualifier) {
        List<Decision> all = explanation.decisions();
        List<Decision> decisions = all.stream()
                .filter(one -> one.entry().qualifier().equals(qualifier)
                        || one.entry().qualifier().isEmpty())
                .toList();
        if (decisions.isEmpty() && !all.isEmpty()) {
            throw new Refused("Nothing is decided under the link qualifier " + Readable.harmless(qualifier)
                    + " here; there are: "
                    + all.stream()
                            .map(one -> Readable.harmless(one.entry().qualifier()))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return explanation.with(decisions);
    }
}
