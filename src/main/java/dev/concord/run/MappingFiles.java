package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Kept;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.MappingDocuments;
import dev.concord.mapping.MappingDocuments.Document;
import dev.concord.mapping.Sources;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.file.DiskTrouble;
import dev.concord.system.file.Durable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The mappings in the files below {@code jobs/}, read and changed as PingIDM's JSON. A change is checked as a whole
 * before a file is touched, is refused while a run works on the links of a mapping that it changes, and is written to
 * the audit trail first. Each file is replaced at once, so that nobody reads half of one. Safe for use by several
 * threads.
 */
public final class MappingFiles {

    private final Home home;
    private final Reconciliations reconciliations;
    private final RunsAtWork atWork;
    private final AuditTrail trail;

    private final Kept<List<Document>> all;

    public MappingFiles(Home home, Reconciliations reconciliations, RunsAtWork atWork, AuditTrail trail) {
        this.home = home;
        this.reconciliations = reconciliations;
        this.atWork = atWork;
        this.trail = trail;
        this.all = new Kept<>(
                Sources.of(home.jobs()), sources -> MappingDocuments.of(sources).all());
    }

    /** All mappings, in the order in which they are read. */
    public List<Document> all() {
        return all.get();
    }

    public Optional<Document> find(String name) {
        return documents().find(name);
    }

    /**
     * What was written.
     *
     * @param mappings those that were to be written, as they are now
     * @param created whether there was none of this name; false when all were written
     * @param uncommented the files below {@code jobs/} that had comments and have none any more
     */
    public record Written(List<Document> mappings, boolean created, List<String> uncommented) {}

    /**
     * Writes a mapping, be it new or not.
     *
     * @param condition is given the mapping as it is, or nothing, before anything is done; what it throws is thrown
     * @param actor who wants it
     * @throws UnusableDefinition with every fault, when it, or another definition because of it, would have one
     * @throws dev.concord.ledger.LeaseHeld while a run works on the mapping's links
     * @throws SystemUnavailable when its file cannot be written
     */
    public synchronized Written write(
            String name, Map<String, @Nullable Object> json, Consumer<Optional<Document>> condition, Actor actor) {
        Map<String, @Nullable Object> mapping = new LinkedHashMap<>(json);
        mapping.put("name", name);
        mapping.remove("_id");
        mapping.remove("_rev");
        MappingDocuments documents = documents();
        Optional<Document> before = documents.find(name);
        condition.accept(before);
        boolean same = before.filter(known -> mapping.equals(known.json())).isPresent();
        List<String> uncommented = same ? List.of() : change(documents.with(name, mapping), Set.of(name), actor);
        return new Written(find(name).stream().toList(), before.isEmpty(), uncommented);
    }

    /**
     * Writes these mappings and removes all others; throws what {@link #write} throws.
     *
     * @param condition is given all mappings as they are
     */
    public synchronized Written writeAll(
            Map<String, Map<String, @Nullable Object>> mappings, Consumer<List<Document>> condition, Actor actor) {
        MappingDocuments documents = documents();
        condition.accept(documents.all());
        Set<String> touched = new TreeSet<>();
        for (Document document : documents.all()) {
            if (!mappings.containsKey(document.name())) {
                documents = documents.without(document.name());
                touched.add(document.name());
            }
        }
        for (Map.Entry<String, Map<String, @Nullable Object>> mapping : mappings.entrySet()) {
            Map<String, @Nullable Object> before =
                    documents.find(mapping.getKey()).map(Document::json).orElse(null);
            if (!mapping.getValue().equals(before)) {
                documents = documents.with(mapping.getKey(), mapping.getValue());
                touched.add(mapping.getKey());
            }
        }
        List<String> uncommented = change(documents, touched, actor);
        return new Written(documents().all(), false, uncommented);
    }

    /**
     * Removes a mapping; throws what {@link #write} throws. Its links stay.
     *
     * @param condition is given the mapping, if there is one
     * @return the mapping as it was; empty when there was none
     */
    public synchronized Optional<Document> remove(String name, Consumer<Document> condition, Actor actor) {
        MappingDocuments documents = documents();
        Optional<Document> document = documents.find(name);
        document.ifPresent(condition);
        if (document.isPresent()) {
            change(documents.without(name), Set.of(name), actor);
        }
        return document;
    }

    private MappingDocuments documents() {
        return MappingDocuments.of(Sources.of(home.jobs()));
    }

    /** The files that lost their comments. */
    private List<String> change(MappingDocuments changed, Set<String> names, Actor actor) {
        List<Fault> faults = changed.faults();
        if (faults.isEmpty()) {
            faults = reconciliations.scriptFaults(changed.definitions(), names);
        }
        if (!faults.isEmpty()) {
            throw new UnusableDefinition("Nothing was written, because there would be faults.", faults);
        }
        Definitions today = reconciliations.definitions();
        Set<String> linkTypes = new LinkedHashSet<>();
        for (String name : names) {
            Mapping mapping = today.mappings().get(name);
            linkTypes.add(mapping == null ? name : Reconciliations.leaseName(mapping));
        }
        return atWork.whileIdle(linkTypes, () -> {
            List<String> uncommented = changed.losingComments();
            changed.changes().forEach((file, text) -> write(file, text, names, actor));
            return uncommented;
        });
    }

    private void write(String file, @Nullable String text, Set<String> names, Actor actor) {
        Path path = home.jobs().resolve(file);
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path;
            String before = Files.exists(target) ? Files.readString(target) : null;
            if (before != null && before.equals(text)) {
                return;
            }
            AuditEvent event = text == null ? AuditEvent.DEFINITION_DELETED : AuditEvent.DEFINITION_WRITTEN;
            trail.addBefore(
                    actor,
                    Deed.to("jobs/" + file, event)
                            .with("mappings", List.copyOf(new TreeSet<>(names)))
                            .with("oldHash", before == null ? null : hash(before))
                            .with("newHash", text == null ? null : hash(text)));
            if (text == null) {
                Files.delete(target);
            } else {
                replace(target, text);
            }
        } catch (IOException e) {
            throw new SystemUnavailable("The file jobs/" + file + " cannot be written: " + DiskTrouble.reason(e), e);
        }
    }

    private static void replace(Path target, String text) throws IOException {
        Path aside = target.resolveSibling("." + target.getFileName() + ".new");
        try {
            // One that was left behind may be open to somebody.
            Files.deleteIfExists(aside);
            try (OutputStream out = Files.exists(target) ? Durable.createLike(target, aside) : Durable.create(aside)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            Durable.rename(aside, target);
        } catch (IOException e) {
            DiskTrouble.removeRest(aside);
            throw e;
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }
}
