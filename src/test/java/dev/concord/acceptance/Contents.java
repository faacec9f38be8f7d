package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import dev.concord.record.Resource;
import dev.concord.run.Reconciliations;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.House;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What there is in several places, each as its lines in sorted order: one for each row, object or entry.
 *
 * @param lines by the name of the place
 */
record Contents(Map<String, List<String>> lines) {

    /** The targets of the sample company. */
    static final List<String> TARGETS = List.of(
            "managed/alpha_user",
            "managed/bravo_user",
            "system/crm/contact",
            "system/crm/company",
            "system/helpdesk/account");

    /** All target and link tables row by row, each column included, as the database gives them. */
    static Contents rows(House house) {
        return rows(house.get(JdbcTemplate.class));
    }

    /** The same, read from a database that no house is open on. */
    static Contents rows(JdbcTemplate jdbc) {
        return TableRows.of(jdbc).contents();
    }

    /** The lines of a file. */
    static Contents file(Path file) {
        return new Contents(Map.of(
                file.getFileName().toString(),
                sorted(CompanyHome.read(file).lines().toList())));
    }

    /** Objects as any database gives them, their revisions included. */
    static Contents objects(House house, List<String> paths) {
        Map<String, List<String>> objects = new TreeMap<>();
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            for (String path : paths) {
                objects.put(path, objects(sets.open(path).asTarget()));
            }
        }
        return new Contents(objects);
    }

    static Contents links(House house) {
        List<String> links = house.get(JdbcTemplate.class)
                .query(
                        "select link_type, qualifier, first_id, first_key, second_id, second_key, revision from link",
                        (row, number) -> String.join(
                                " | ",
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                HexFormat.of().formatHex(row.getBytes(4)),
                                row.getString(5),
                                HexFormat.of().formatHex(row.getBytes(6)),
                                row.getString(7)));
        return new Contents(Map.of("link", sorted(links)));
    }

    /** The report of a run, without the places where the ledger keeps it. */
    static Contents entries(House house, RunView view) {
        List<String> entries = new ArrayList<>();
        house.get(LedgerReader.class).entries(view.run().id(), counts -> true, (segment, index, entry) -> {
            Map<String, @Nullable Object> json = new EntryView(view.run(), segment, index, entry).json();
            json.remove("_id");
            return entries.add(Json.write(json));
        });
        return new Contents(Map.of("entries of " + view.run().id(), sorted(entries)));
    }

    Contents and(Contents other) {
        Map<String, List<String>> both = new TreeMap<>(lines);
        both.putAll(other.lines);
        return new Contents(both);
    }

    /** Equal for equal contents, and short. */
    Map<String, String> hashes() {
        Map<String, String> hashes = new TreeMap<>();
        lines.forEach((place, content) -> hashes.put(place, content.size() + " lines, " + hash(content)));
        return hashes;
    }

    /** Fails with the lines that only one of the two has. */
    void assertEqualTo(Contents expected) {
        Map<String, String> differences = new LinkedHashMap<>();
        expected.lines.forEach((place, wanted) -> {
            List<String> there = lines.getOrDefault(place, List.of());
            if (!there.equals(wanted)) {
                differences.put(
                        place, "missing: " + without(wanted, there) + "\n  too many: " + without(there, wanted));
            }
        });
        assertThat(differences).isEmpty();
        assertThat(hashes()).isEqualTo(expected.hashes());
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> rest = new ArrayList<>(lines);
        new ArrayList<>(others).forEach(((Consumer<String>) rest::remove));
        return rest.size() <= 3 ? rest : List.of(rest.size() + " lines, such as", rest.get(0), rest.get(1));
    }

    private static List<String> objects(ObjectSet set) {
        List<String> objects = new ArrayList<>();
        String after = null;
        boolean end = false;
        while (!end) {
            Page page = set.scan(KeyRange.ALL, after, 1000, null);
            for (Page.Item item : page.items()) {
                Resource resource = ((Page.Item.Found) item).resource();
                objects.add(Json.write(new TreeMap<>(resource.view())));
            }
            after = page.lastPosition();
            end = page.end() || after == null;
        }
        return sorted(objects);
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    private static String hash(List<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> digest.update((line + "\n").getBytes(UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
