package dev.concord.system.file;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.concord.filter.FilterCases;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.SystemDefinition.Format;
import dev.concord.record.Resource;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

class CsvObjectSetTest extends FileContract {

    @Override
    Format format() {
        return Format.CSV;
    }

    @Override
    String text(List<AttributeDefinition> attributes, List<Resource> objects) throws Unfit {
        StringWriter text = new StringWriter();
        CsvWriter writer = CsvWriter.builder().bufferSize(0).build(text);
        List<String> header = new ArrayList<>(List.of("_id"));
        attributes.forEach(attribute -> header.add(attribute.name()));
        writer.writeRecord(header);
        for (Resource object : objects) {
            List<String> cells = new ArrayList<>(List.of(object.id()));
            for (AttributeDefinition attribute : attributes) {
                cells.add(AttributeValues.write(attribute, object.content().get(attribute.name())));
            }
            writer.writeRecord(cells);
        }
        return text.toString();
    }

    /** A cell that is empty is absent. */
    @Override
    protected List<FilterCases.Sample> withoutWhatCannotBeKept(List<FilterCases.Sample> samples) {
        return samples.stream()
                .filter(sample -> !sample.content().containsValue(""))
                .toList();
    }
}
