package dev.concord.cli;

import dev.concord.run.ActionRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "relink",
        mixinStandardHelpOptions = true,
        description =
                "Links a source with a target, whatever either of them was linked to before. What they contain stays as it is.")
final class RelinkCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "MAPPING", description = "The name of the mapping.")
    private String mapping = "";

    @Option(names = "--source", required = true, paramLabel = "ID", description = "The source.")
    private String source = "";

    @Option(names = "--target", required = true, paramLabel = "ID", description = "The target.")
    private String target = "";

    @Option(
            names = "--link-qualifier",
            paramLabel = "Q",
            description = "The link qualifier, where the mapping has several.")
    private @Nullable String linkQualifier;

    @Option(names = "--force", description = "Do it even if another source loses its link by that.")
    private boolean force;

    @Mixin
    private JsonOption answer = new JsonOption();

    RelinkCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return ActionAnswer.give(
                shell, ActionRequest.relink(mapping, source, target, linkQualifier, force), answer.json);
    }
}
