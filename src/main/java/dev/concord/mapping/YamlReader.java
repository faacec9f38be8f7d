package dev.concord.mapping;

import dev.concord.mapping.TreeBuilder.Refused;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema) into a tree, event by event, so that everything dangerous is refused before it is built:
 * tags, deep nesting, aliases that multiply.
 */
final class YamlReader {

    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

    private final String file;
    private final FaultLog log;
    private final TreeBuilder tree;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private final Map<Integer, Anchor> openAnchors = new HashMap<>();
    private int depth;
    private int documents;
    private int aliases;
    private int behindAliases;

    private YamlReader(String file, FaultLog log) {
        this.file = file;
        this.log = log;
        this.tree = new TreeBuilder(file, log);
    }

    /** The tree of a file, or null when it cannot be read at all, which the log then explains. */
    static @Nullable Node read(String file, String text, FaultLog log) {
        return new YamlReader(file, log).read(text);
    }

    /** Whether a YAML text without faults has comments. */
    static boolean hasComments(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setParseComments(true)
                .setCodePointLimit(Limits.YAML_BYTES)
                .setBufferSize(Math.max(1_024, text.length()))
                .build();
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CommentEvent comment && comment.getCommentType() != CommentType.BLANK_LINE) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Node read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(Limits.YAML_BYTES)
                // Whole files at once: with a small buffer, a text of megabytes is copied again for each buffer.
                .setBufferSize(Math.max(1_024, text.length()))
                .build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                take(event);
            }
        } catch (Refused e) {
            return null;
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            log.error(Spot.root(file, mark.map(YamlReader::line).orElse(0)), "not YAML: " + problem(e));
            return null;
        } catch (ReaderException e) {
            int line = 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            log.error(
                    Spot.root(file, line),
                    "not YAML: the character U+%04X may not stand in a file; write it as \"\\u%04X\" in double quotes"
                            .formatted(e.getCodePoint(), e.getCodePoint()));
            return null;
        } catch (YamlEngineException e) {
            log.error(Spot.root(file, 0), "not YAML");
            return null;
        }
        Node root = tree.root();
        if (root == null || root.isNull()) {
            log.error(Spot.root(file, 1), "the file is empty; remove it or write a definition");
            return null;
        }
        return root;
    }

    private void take(Event event) {
        switch (event.getEventId()) {
            case DocumentStart -> {
                if (++documents > 1) {
                    throw tree.refuse(
                            Spot.root(file, line(event)), "a second document; a file holds one (remove the line ---)");
                }
            }
            case MappingStart, SequenceStart -> start((CollectionStartEvent) event);
            case MappingEnd, SequenceEnd -> end();
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
    }

    private void start(CollectionStartEvent event) {
        refuseTag(event, event.getTag());
        if (tree.expectsKey()) {
            throw tree.refuse(tree.next(line(event)), "a key must be a text, not a list or an object");
        }
        tree.start(event.getEventId() == Event.ID.MappingStart, line(event));
        depth++;
        event.getAnchor().ifPresent(anchor -> openAnchors.put(depth, anchor));
    }

    private void end() {
        Node node = tree.end();
        Anchor anchor = openAnchors.remove(depth--);
        if (anchor != null) {
            anchors.put(anchor, node);
        }
    }

    private void scalar(ScalarEvent event) {
        int line = line(event);
        refuseTag(event, event.getTag());
        if (tree.expectsKey()) {
            if (event.isPlain() && event.getValue().equals("<<")) {
                throw tree.refuse(tree.next(line), "merge keys (<<) are not read; write the keys out");
            }
            tree.key(event.getValue(), line);
            return;
        }
        Object value = event.isPlain() ? plain(event.getValue(), line) : event.getValue();
        Node leaf = tree.scalar(value, line);
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, leaf));
    }

    private @Nullable Object plain(String text, int line) {
        Tag tag = RESOLVER.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return text.equalsIgnoreCase("true");
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            Number number = Numbers.of(text);
            if (number == null) {
                throw tree.refuse(tree.next(line), Numbers.REFUSED);
            }
            return number;
        }
        return text;
    }

    private void alias(AliasEvent event) {
        int line = line(event);
        Anchor anchor = event.getAlias();
        Node node = anchors.get(anchor);
        if (tree.expectsKey()) {
            throw tree.refuse(tree.next(line), "an alias may not be a key; write the key out");
        }
        if (node == null) {
            String reason = openAnchors.containsValue(anchor) ? " stands inside itself" : " is not defined above";
            throw tree.refuse(tree.next(line), "the alias *" + Quote.shorten(anchor.getValue(), 60) + reason);
        }
        behindAliases += node.size();
        if (++aliases > Limits.ALIASES || behindAliases > Limits.NODES_BEHIND_ALIASES) {
            throw tree.refuse(
                    tree.next(line),
                    "too many aliases; at most " + Limits.ALIASES + ", which stand for " + Limits.NODES_BEHIND_ALIASES
                            + " values, are read");
        }
        tree.alias(node);
    }

    private void refuseTag(NodeEvent event, Optional<String> tag) {
        if (tag.isPresent()) {
            throw tree.refuse(
                    tree.next(line(event)),
                    "the tag " + Quote.shorten(tag.get(), 60)
                            + " is not read; remove it (a text may be put in quotes)");
        }
    }

    private static String problem(MarkedYamlEngineException e) {
        String problem = Quote.shorten(String.valueOf(e.getProblem()), 160);
        return e.getContext() == null ? problem : Quote.shorten(e.getContext(), 160) + ", " + problem;
    }

    private static int line(Event event) {
        return event.getStartMark().map(YamlReader::line).orElse(0);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }
}
