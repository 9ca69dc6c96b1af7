using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>The standard's own words protect in a person's row under whatever name, and so does what is called after protection and not answered with no.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class OtherMarkingTests
{
    public static TheoryData<string> Protecting =>
    [
        """{"securityMarkings":["Sekretessmarkering"]}""",
        """{"securityMarkings":[{"type":"Sekretessmarkering"}]}""",
        """{"securityMarkingType":"Sekretessmarkering"}""",
        """{"x-securityMarking":"Sekretessmarkering"}""",
        """{"security_marking_code":6}""",
        """{"sekretess":"Sekretessmarkering"}""",
        """{"sekretess":"J"}""",
        """{"protection":{"marking":"Skyddad folkbokföring"}}""",
        """{"protection":{"active":true}}""",
        """{"skyddadIdentitet":true}""",
        """{"skyddad identitet":1}""",
        """{"isProtected":true}""",
        """{"isProtected":"true"}""",
        """{"secMarking":"B"}""",
        """{"meta":{"flags":[{"name":"securityMarking","value":"Sekretessmarkering"}]}}""",
        """{"extra":["x",["Skyddad identitet"]]}""",
        """{"notes":"Sekretess"}""",
        """{"notes":"KVARSKRIVNING"}""",
        """{"personStatus":"Sekretessmarkering"}""",
        """{"addresses":[{"type":"Folkbokföring","streetAddress":"Skyddad adress"}]}""",
        """{"addresses":[{"type":"Skyddad","streetAddress":"Provgatan 1"}]}""",
        """{"civicNo":{"value":"20130105-9800","protected":true}}""",
        """{"enrolments":[{"enroledAt":{"id":"north"},"schoolType":"GR","startDate":"2020-01-01","sekretess":true}]}""",
    ];

    [Theory]
    [MemberData(nameof(Protecting))]
    public async Task It_protects_whoever_bears_it(string members)
    {
        var town = Bearing(members);

        using var night = await PaperNight.RunAsync(town.Data);

        Assert.False(night.Has("alva"));
        Assert.True(night.Has("bo") && night.Has("cleo"));
        Assert.Contains("value.unknown", night.Decided.Decisions.Data.Findings.Rows.Keys);
    }

    public static TheoryData<string> Harmless =>
    [
        """{"securityMarkings":["Ingen"]}""",
        """{"securityMarkings":[]}""",
        """{"securityMarkingType":null}""",
        """{"sekretess":"Nej","x-securityMarking":"","isProtected":false,"protection":{},"protected":"0"}""",
        """{"protection":{"marking":"Ingen","changed":"2026-01-01","by":"x1"}}""",
        """{"skyddadIdentitet":"Ingen"}""",
        """{"notes":"Skyddar sin bror","note":"Har läst om sekretess i skolan","protectedDevice":true,"securityClass":"A","sekretessavtal":true}""",
        """{"addresses":[{"type":"Folkbokföring","streetAddress":"Skyddsvägen 1","locality":"Skyddeby"}]}""",
        """{"emails":[{"value":"skyddad@elev.example","type":"Skola elev"}]}""",
        """{"securityMarking":"Ingen","meta":{"skydd":false,"protection":[false,0,null]}}""",
    ];

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task What_says_no_or_speaks_of_something_else_says_nothing(string members)
    {
        using var night = await PaperNight.RunAsync(Bearing(members).Data);

        Assert.True(night.Has("alva") && night.Has("bo"));
    }

    [Theory]
    [InlineData("""{"isProtected":true}""")]
    [InlineData("""{"protectionLevel":3}""")]
    [InlineData("""{"addresses":[{"type":"Folkbokföring","streetAddress":"Skyddad adress"}]}""")]
    public async Task What_everybody_bears_says_nothing_of_anybody_and_holds(string members)
    {
        var town = Bearing(members);
        foreach (var label in new[] { "bo", "cleo", "hugo", "gunhild" })
        {
            Bear(town, label, members);
        }

        var data = (await Assert.ThrowsAnyAsync<Exception>(() => PaperNight.RunAsync(town.Data))).Message;

        Assert.Contains("nothing is handed on", data, StringComparison.Ordinal);
    }

    /// <summary>Elsewhere they are words like any other: a group's, a school's, a duty's.</summary>
    [Fact]
    public async Task In_what_is_no_persons_row_it_says_nothing()
    {
        var town = MemoryTown.Make();
        foreach (var collection in new[] { Collections.Groups, Collections.Organisations, Collections.Duties })
        {
            town.Data[collection][0]["visibility"] = "Skyddad";
            town.Data[collection][0]["isProtected"] = true;
        }

        using var night = await PaperNight.RunAsync(town.Data);

        Assert.True(night.Has("alva") && night.Has("hugo"));
    }

    private static SchoolBuilder Bearing(string members)
    {
        var town = MemoryTown.Make();
        Bear(town, "alva", members);
        return town;
    }

    private static void Bear(SchoolBuilder town, string label, string members)
    {
        foreach (var (key, value) in JsonNode.Parse(members.Replace("\"north\"", $"\"{Ids.Of("north")}\"", StringComparison.Ordinal))!.AsObject())
        {
            town.Person(label)[key] = value?.DeepClone();
        }
    }
}
