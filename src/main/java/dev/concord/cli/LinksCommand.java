package dev.concord.cli;

import dev.concord.cli.Table.Column;
import dev.concord.link.Link;
import dev.concord.link.Links;
import dev.concord.run.Reconciliations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "links",
        mixinStandardHelpOptions = true,
        description = "Shows the links of a mapping: which source and which target belong together.")
final class LinksCommand implements Callable<Integer> {

    private static final int PAGE = 1000;

    private final Shell shell;

    @Parameters(paramLabel = "MAPPING", description = "The name of the mapping.")
    private String mapping = "";

    @Option(names = "--source", paramLabel = "ID", description = "Only the links of this source.")
    private @Nullable String source;

    @Option(names = "--target", paramLabel = "ID", description = "Only the links of this target.")
    private @Nullable String target;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private JsonOption answer = new JsonOption();

    LinksCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Screen screen = shell.screen();
        Links links = shell.platform().get(Reconciliations.class).links(mapping);
        long most = limit.most(!answer.json);
        if (answer.json) {
            try (JsonList list = new JsonList(screen)) {
                each(links, most, link -> list.add(json(link, links)));
            }
            return ExitCode.DONE;
        }
        Table table = new Table(
                screen,
                Column.text("source"),
                Column.text("target"),
                Column.text("qualifier"),
                Column.figure("revision"));
        boolean more = each(
                links,
                most,
                link -> table.row(
                        Readable.harmless(link.sourceId()),
                        Readable.harmless(link.targetId()),
                        Readable.harmless(link.qualifier()),
                        Integer.toString(link.revision())));
        if (table.isEmpty()) {
            screen.say("There is no such link of " + Readable.harmless(mapping) + ".");
        } else {
            table.print();
        }
        if (more) {
            LimitOption.sayThereAreMore(screen, most);
        }
        return ExitCode.DONE;
    }

    /** Hands over the first links, and answers whether there are more. */
    private boolean each(Links links, long most, Consumer<Link> consumer) {
        if (source != null || target != null) {
            selected(links).forEach(consumer);
            return false;
        }
        String after = null;
        long left = most;
        while (true) {
            List<Link> page = links.scan(after, PAGE);
            for (Link link : page) {
                if (left-- == 0) {
                    return true;
                }
                consumer.accept(link);
            }
            if (page.size() < PAGE || shell.screen().nobodyReads()) {
                return false;
            }
            after = links.position(page.getLast());
        }
    }

    private Stream<Link> selected(Links links) {
        if (source == null) {
            return links.ofTargets(List.of(links.type().targetKey(String.valueOf(target)))).values().stream()
                    .flatMap(List::stream);
        }
        return links.ofSources(List.of(links.type().sourceKey(source))).values().stream()
                .flatMap(List::stream)
                .filter(link ->
                        target == null || link.targetKey().equals(links.type().targetKey(target)));
    }

    private static Map<String, @Nullable Object> json(Link link, Links links) {
        boolean reversed = links.type().reversed();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("linkType", links.type().name());
        json.put("linkQualifier", link.qualifier());
        json.put("firstId", reversed ? link.targetId() : link.sourceId());
        json.put("secondId", reversed ? link.sourceId() : link.targetId());
        json.put("_rev", Integer.toString(link.revision()));
        json.put("sourceId", link.sourceId());
        json.put("targetId", link.targetId());
        return json;
    }
}
