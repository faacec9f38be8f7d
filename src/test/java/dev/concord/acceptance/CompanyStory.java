package dev.concord.acceptance;

import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.RunView;
import dev.concord.record.AttributeChange;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.House;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in the sample company: all mappings in two rounds, then three edits of HR's file and its mapping once
 * more. Runs are named by round and mapping, such as {@code 1/hr-to-users}.
 *
 * @param runs by their names, in order
 * @param rows what the tables and the helpdesk's file held after each round: 1, 2, and 3 after the edits
 * @param contents likewise, in a form that is the same on each database, with the entries of all runs so far
 * @param edited what the entries of the run after the edits say was changed on targets that were there before
 */
record CompanyStory(
        Map<String, RunView> runs,
        List<Contents> rows,
        List<Contents> contents,
        Map<String, List<AttributeChange>> edited) {

    static CompanyStory tell(CompanyHome home, House house, Expected expected) {
        Map<String, RunView> runs = new LinkedHashMap<>();
        List<Contents> rows = new ArrayList<>();
        List<Contents> contents = new ArrayList<>();
        Contents entries = new Contents(Map.of());
        for (Expected.Round round : expected.rounds()) {
            for (Expected.Run planned : round.runs()) {
                RunView view = run(house, round.round(), planned.mapping(), runs);
                entries = entries.and(Contents.entries(house, view));
            }
            rows.add(rows(home, house));
            contents.add(contents(house).and(entries));
        }
        edit(home, expected.edits());
        RunView view = run(house, 3, expected.edits().nextRun().mapping(), runs);
        rows.add(rows(home, house));
        contents.add(contents(house).and(entries).and(Contents.entries(house, view)));
        return new CompanyStory(runs, rows, contents, edited(house, view));
    }

    /** Edits a row of HR's file, adds one and removes one. */
    static void edit(CompanyHome home, Expected.Edits edits) {
        home.replace(edits.file(), edits.edit().before() + "\n", edits.edit().after() + "\n");
        home.replace(edits.file(), edits.remove().line() + "\n", "");
        home.append(edits.file(), edits.add().line() + "\n");
    }

    private static RunView run(House house, int round, String mapping, Map<String, RunView> runs) {
        RunView view = house.run(mapping, mapping + "-" + round);
        runs.put(round + "/" + mapping, view);
        return view;
    }

    private static Contents rows(CompanyHome home, House house) {
        return Contents.rows(house)
                .and(Contents.file(home.folder().resolve("data").resolve("helpdesk.jsonl")));
    }

    private static Contents contents(House house) {
        return Contents.objects(house, Contents.TARGETS).and(Contents.links(house));
    }

    private static Map<String, List<AttributeChange>> edited(House house, RunView view) {
        Map<String, List<AttributeChange>> edited = new LinkedHashMap<>();
        house.get(LedgerReader.class).entries(view.run().id(), counts -> true, (segment, index, entry) -> {
            if ("CONFIRMED".equals(String.valueOf(entry.situation()))) {
                edited.put(entry.sourceId(), entry.differences());
            }
            return true;
        });
        return edited;
    }
}
