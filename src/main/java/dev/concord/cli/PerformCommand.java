package dev.concord.cli;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.run.ActionRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "perform",
        mixinStandardHelpOptions = true,
        description = "Does one action for one record now, whatever the rules say, and says what came of it.",
        footer = {
            "",
            "The record is assessed first. With --source and --target that target is the only candidate, which",
            "settles an AMBIGUOUS record."
        })
final class PerformCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "ACTION", description = "${COMPLETION-CANDIDATES}.")
    private Action action = Action.IGNORE;

    @Parameters(index = "1", paramLabel = "MAPPING", description = "The name of the mapping.")
    private String mapping = "";

    @Option(names = "--source", paramLabel = "ID", description = "The record's source, whether it exists or not.")
    private @Nullable String source;

    @Option(names = "--target", paramLabel = "ID", description = "The record's target.")
    private @Nullable String target;

    @Option(
            names = "--link-qualifier",
            paramLabel = "Q",
            description = "The link qualifier, where the mapping has several.")
    private @Nullable String linkQualifier;

    @Option(
            names = "--situation",
            paramLabel = "S",
            description = "Do it only if this is the situation: ${COMPLETION-CANDIDATES}.")
    private @Nullable Situation situation;

    @Option(names = "--skip-post-action", description = "Leave out the postAction of the rule for the situation.")
    private boolean skipPostAction;

    @Option(names = "--analyze", description = "Only look: decide and report, write nothing.")
    private boolean analyze;

    @Mixin
    private JsonOption answer = new JsonOption();

    PerformCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ActionRequest request = new ActionRequest(
                mapping, action, source, target, linkQualifier, situation, skipPostAction, analyze, null);
        return ActionAnswer.give(shell, request, answer.json);
    }
}
