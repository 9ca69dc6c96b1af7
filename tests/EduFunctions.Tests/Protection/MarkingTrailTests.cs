using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>A marking means the person in whose data it lies, or whom the object around it refers to, however deep and however the keys are written.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class MarkingTrailTests
{
    private const string Marking = "\"securityMarking\":\"Sekretessmarkering\"";

    public static TheoryData<string, string> PlacesInAPerson => new()
    {
        { "meta", "{#}" },
        { "Meta", "{\"source\":{\"flags\":[{\"x\":1},{#}]}}" },
        { "extension", "[[{#}]]" },
        { "extension", "[{\"value\":{\"deep\":{\"deeper\":{#}}}}]" },
        { "responsibles", "[{\"relationType\":\"Vårdnadshavare\",#}]" },
        { "addresses", "[{\"type\":\"Folkbokföring\",#}]" },
        { "emails", "[{\"value\":\"alva@elev.example\",\"type\":\"Skola elev\",#}]" },
        { "civicNo", "{\"value\":\"20130105-9800\",#}" },
        { "externalIdentifiers", "[{\"value\":\"1\",\"context\":\"x\",\"typeOfId\":{#}}]" },
    };

    [Theory]
    [MemberData(nameof(PlacesInAPerson))]
    public async Task Anywhere_in_a_persons_data(string key, string value)
    {
        var town = MemoryTown.Make();
        town.Person("alva")[key] = JsonNode.Parse(value.Replace("#", Marking, StringComparison.Ordinal));

        await AssertProtectedAsync(town.Data, "alva", "bo");
    }

    [Fact]
    public async Task On_an_enrolment()
    {
        var town = MemoryTown.Make();
        town.Person("alva")["enrolments"]![0]!["securityMarking"] = "Sekretessmarkering";

        await AssertProtectedAsync(town.Data, "alva", "bo");
    }

    public static TheoryData<string> Memberships =>
    [
        "{\"Person\":{\"Id\":\"{id}\"},#}",
        "{#,\"PERSON\":{\"ID\":\"{id}\"}}",
        "{\"child\":{\"id\":\"{id}\"},#}",
        "{\"Child\":{\"iD\":\"{id}\",#}}",
        "{\"person\":[{\"id\":\"{id}\"}],#}",
        "{\"person\":{\"reference\":{\"id\":\"{id}\"}},#}",
        "{\"person\":{\"reference\":[[{\"Id\":\"{id}\"}]]},#}",
        "{\"member\":{\"person\":{\"id\":\"{id}\"}},#}",
        "{#,\"member\":{\"wrapped\":{\"person\":{\"id\":\"{id}\"}}}}",
        "{\"person\":{\"id\":\"{id}\",\"meta\":{#}}}",
        "{\"person\":{\"id\":\"{id}\",\"meta\":[{\"x\":[{#}]}]}}",
    ];

    [Theory]
    [MemberData(nameof(Memberships))]
    public async Task On_whatever_refers_to_the_person(string membership)
    {
        var town = MemoryTown.Make();
        var json = membership.Replace("#", Marking, StringComparison.Ordinal).Replace("{id}", Ids.Of("alva"), StringComparison.Ordinal);
        town.Data[Collections.Groups][0]["further"] = new JsonArray(JsonNode.Parse(json));

        await AssertProtectedAsync(town.Data, "alva", "bo");
    }

    [Fact]
    public async Task On_a_group_or_what_lies_in_it_without_anybody_it_means_nobody()
    {
        var town = MemoryTown.Make();
        town.Data[Collections.Groups][0]["meta"] = JsonNode.Parse("{\"by\":{\"person\":{\"name\":\"x\"}},#}".Replace("#", Marking, StringComparison.Ordinal));
        town.Data[Collections.Groups][0]["securityMarking"] = "Sekretessmarkering";

        using var night = await PaperNight.RunAsync(town.Data);

        Assert.True(night.Has("alva") && night.Has("bo"));
    }

    private static async Task AssertProtectedAsync(ISchoolData school, string hidden, string seen)
    {
        using var night = await PaperNight.RunAsync(school);

        Assert.Contains(night.Decided.Decisions.Data.ProtectedIds, id => id.ToString() == Ids.Of(hidden));
        Assert.DoesNotContain(night.Decided.Decisions.Data.ProtectedIds, id => id.ToString() == Ids.Of(seen));
        Assert.False(night.Has(hidden));
        Assert.True(night.Has(seen));
    }
}
