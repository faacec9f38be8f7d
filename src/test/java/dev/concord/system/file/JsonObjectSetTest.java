package dev.concord.system.file;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.SystemDefinition.Format;
import dev.concord.record.Json;
import dev.concord.record.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class JsonObjectSetTest extends FileContract {

    @Override
    Format format() {
        return Format.JSON;
    }

    @Override
    String text(List<AttributeDefinition> attributes, List<Resource> objects) {
        StringBuilder text = new StringBuilder();
        for (Resource object : objects) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("_id", object.id());
            members.putAll(object.content());
            text.append(Json.write(members)).append('\n');
        }
        return text.toString();
    }
}
