package dev.concord.review;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Place;
import dev.concord.mapping.SystemDefinition;
import dev.concord.mapping.SystemDefinition.TableObjects;
import dev.concord.system.ObjectSets;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.UnusableObjectSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;

/**
 * Asks databases whether their tables are what the definitions say. Nothing is written: a system whose tables a setup
 * script may still have to make is left out.
 */
public final class Tables {

    private Tables() {}

    /** Whether there is any to ask about. */
    public static boolean areIn(Definitions definitions) {
        return definitions.systems().values().stream().anyMatch(Tables::isAsked);
    }

    private static boolean isAsked(SystemDefinition system) {
        return system instanceof SystemDefinition.Jdbc jdbc && jdbc.setup() == null;
    }

    /**
     * What does not fit, as errors at the definitions of the object sets; a system that cannot be asked is a warning.
     */
    public static List<Fault> faults(Definitions definitions, ObjectSets sets) {
        List<Fault> faults = new ArrayList<>();
        for (SystemDefinition system : definitions.systems().values()) {
            if (isAsked(system) && system instanceof SystemDefinition.Jdbc jdbc) {
                faults.addAll(faults(jdbc, sets));
            }
        }
        return faults;
    }

    private static List<Fault> faults(SystemDefinition.Jdbc system, ObjectSets sets) {
        List<Fault> faults = new ArrayList<>();
        for (Map.Entry<String, TableObjects> type : system.objects().entrySet()) {
            try {
                sets.open("system/" + system.name() + "/" + type.getKey());
            } catch (UnusableObjectSet unusable) {
                faults.add(new Fault(
                        Fault.Severity.ERROR, type.getValue().place(), String.valueOf(unusable.getMessage())));
            } catch (SystemUnavailable | DataAccessException away) {
                return List.of(notAsked(system.place(), system.name(), away));
            }
        }
        return faults;
    }

    private static Fault notAsked(Place place, String system, RuntimeException away) {
        String why = away instanceof SystemUnavailable ? " " + away.getMessage() : "";
        return new Fault(
                Fault.Severity.WARNING,
                place,
                "Nobody knows whether the tables of system " + system
                        + " are what this says: its database cannot be asked now." + why);
    }
}
