package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Place;
import dev.concord.record.Json;
import dev.concord.record.Pointer;
import dev.concord.review.Impact;
import dev.concord.review.Use;

/** Shows what uses an object type or an attribute. */
final class ImpactAnswer {

    private final Shell shell;

    ImpactAnswer(Shell shell) {
        this.shell = shell;
    }

    void show(Definitions definitions, String question, boolean asJson) {
        Impact impact = search(definitions, question);
        Screen screen = shell.screen();
        if (asJson) {
            screen.result(Json.writePretty(impact.json()));
        } else if (!impact.uses().isEmpty()) {
            table(impact).print();
        }
        if (!impact.hint().isEmpty()) {
            screen.say(Readable.harmless(impact.hint()) + ".");
        }
        if (impact.uses().isEmpty()) {
            screen.say("Nothing uses " + Readable.harmless(question) + ".");
        }
        for (Place script : impact.unread()) {
            screen.say("The script at jobs/" + place(script) + " cannot be read, so it may use anything.");
        }
    }

    private Impact search(Definitions definitions, String question) {
        try {
            return Impact.of(definitions, shell.home().jobs(), question);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private Table table(Impact impact) {
        Table table = new Table(
                shell.screen(),
                Column.word("place"),
                Column.text("what"),
                Column.word("use"),
                Column.text("attribute"),
                Column.text("without it"));
        for (Use use : impact.uses()) {
            table.row(
                    Cell.of("jobs/" + place(use.place())),
                    Cell.of(Readable.harmless(use.part().isEmpty() ? use.owner() : use.owner() + ", " + use.part())),
                    new Cell(use.way().words(), use.way() == Use.Way.MAY_USE ? Ink.ODD : Ink.PLAIN),
                    Cell.of(Readable.harmless(attribute(use))),
                    Cell.of(Readable.harmless(use.loss())));
        }
        return table;
    }

    private static String attribute(Use use) {
        if (!use.attribute().isWhole()) {
            return name(use.attribute());
        }
        return use.way() == Use.Way.MAY_USE ? "(any)" : Readable.NOTHING;
    }

    private static String place(Place place) {
        return Readable.harmless(place.line() > 0 ? place.file() + ":" + place.line() : place.file());
    }

    private static String name(Pointer pointer) {
        return pointer.isWhole() ? "" : pointer.toString().substring(1);
    }
}
