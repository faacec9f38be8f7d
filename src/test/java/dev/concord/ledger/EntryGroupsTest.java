package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.EntryGroups.Group;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryGroupsTest {

    static final Run RUN = new Run(
            "run1",
            1,
            "hr",
            "hr",
            RunKind.FULL,
            false,
            Map.of(),
            "hash",
            7,
            RunState.SUCCESS,
            Stage.COMPLETED_SUCCESS,
            null,
            null,
            Run.Facts.UNKNOWN,
            null,
            Instant.EPOCH,
            Instant.EPOCH);

    private final EntryGroups groups = new EntryGroups();
    private int index;

    @Test
    void failuresThatDifferInIdsAndValuesOnlyAreOneGroup() {
        for (int i = 0; i < 7; i++) {
            add(Outcome.DATA, "E" + i, "The value \"" + i + "\" of E" + i + " does not fit.", null);
        }
        add(Outcome.TARGET, "E8", "The value \"8\" of E8 does not fit.", null);
        add(Outcome.SUCCESS, "E9", "The value \"9\" of E9 does not fit.", null);

        List<Group> largest = groups.largest();

        assertThat(largest).extracting(Group::count).containsExactly(7L, 1L);
        assertThat(largest.getFirst().kind().message()).isEqualTo("The value … of … does not fit.");
        assertThat(largest.getFirst().examples())
                .extracting(EntryGroups.Example::objectId)
                .containsExactly("E0", "E1", "E2", "E3", "E4");
        assertThat(groups.total()).isEqualTo(8);
        assertThat(groups.others()).isZero();
    }

    @Test
    void whatScriptsSaidIsCountedInTheGroupAndOnlyShownToThoseWhoMaySeeValues() {
        add(Outcome.SCRIPT, "E1", "Row for /mail: x.js:1: Error.", "no manager 1");
        add(Outcome.SCRIPT, "E2", "Row for /mail: x.js:1: Error.", "no room");
        add(Outcome.SCRIPT, "E3", "Row for /mail: x.js:1: Error.", "no manager 2");

        Group group = groups.largest().getFirst();

        assertThat(group.details()).containsExactly(Map.entry("no manager …", 2L), Map.entry("no room", 1L));
        assertThat(group.json(true)).containsKey("details");
        assertThat(group.json(false)).doesNotContainKey("details");
    }

    @Test
    void oneRecordOfManyKindsOfMessagesStaysBoundedAndKeepsTheLargest() {
        for (int i = 0; i < 100; i++) {
            add(Outcome.DATA, "E", "the common one", null);
        }
        for (int i = 0; i < 5000; i++) {
            add(Outcome.DATA, "E", "word" + letters(i), null);
        }

        List<Group> largest = groups.largest();

        assertThat(largest).hasSize(EntryGroups.MOST);
        assertThat(largest.getFirst().count()).isEqualTo(100);
        assertThat(largest.stream().mapToLong(Group::count).sum() + groups.others())
                .isEqualTo(groups.total())
                .isEqualTo(5100);
    }

    private static String letters(int number) {
        return Integer.toString(number)
                .chars()
                .collect(StringBuilder::new, (b, c) -> b.append((char) (c - '0' + 'a')), StringBuilder::append)
                .toString();
    }

    private void add(Outcome outcome, String source, String message, @Nullable String detail) {
        groups.add(new EntryView(
                RUN,
                new SegmentId(Phase.SOURCE, 0, 1),
                index++,
                new Entry(
                        Situation.ABSENT,
                        Action.CREATE,
                        outcome,
                        source,
                        null,
                        "default",
                        List.of(),
                        message,
                        detail,
                        Map.of(),
                        List.of())));
    }
}
