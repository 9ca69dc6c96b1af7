using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class ProtectionTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Theory]
    [InlineData("Sekretessmarkering")]
    [InlineData("Skyddad folkbokföring")]
    public async Task A_protected_person_has_no_role(string marking)
    {
        Arrange();
        _school.Responsible("bo", "alva");
        _school.Duty("alva's", "alva", "north");
        Person("alva")["securityMarking"] = marking;

        var night = await NightAsync();

        Assert.Equal("no: person.protected", await night.StudentAsync("alva"));
        Assert.Equal("no: person.protected", await night.StaffAsync("alva"));
        Assert.Equal("no: person.protected", await night.GuardianAsync("alva"));
        Assert.Equal(1, night.Excluded("person.protected"));
    }

    public static TheoryData<string> References =>
        ["child", "owner", "responsible", "member", "dutyPerson", "embedded", "deep inside", "entry"];

    [Theory]
    [MemberData(nameof(References))]
    public async Task A_marking_on_any_reference_protects(string where)
    {
        Arrange();
        var marked = new JsonObject { ["id"] = Ids.Of("alva"), ["securityMarking"] = "Sekretessmarkering" };
        switch (where)
        {
            case "child":
                _school.Placement("place", "bo", "north")["child"] = marked;
                break;
            case "owner":
                _school.Placement("place", "bo", "north")["owners"] = new JsonArray(marked);
                break;
            case "responsible":
                _school.Responsible("bo", "alva")["person"] = marked;
                break;
            case "member":
                _school.Group("7a", "north", "Klass", "bo")["groupMemberships"]!.AsArray().Add(new JsonObject { ["person"] = marked });
                break;
            case "dutyPerson":
                _school.Duty("duty", "bo", "north")["person"] = marked;
                break;
            case "entry":
                marked["person"] = SchoolBuilder.Reference("bo");
                _school.Group("7a", "north", "Klass", "bo")["groupMemberships"]!.AsArray().Add(marked);
                break;
            case "embedded":
                _school.Duty("duty", "bo", "north")["_embedded"] = new JsonObject { ["person"] = marked };
                break;
            default:
                _school.Syllabus("maths")["extra"] = new JsonArray(new JsonArray(new JsonObject { ["by"] = marked }));
                break;
        }

        var night = await NightAsync();

        Assert.StartsWith("no", await night.StudentAsync("alva"), StringComparison.Ordinal);
        Assert.Contains("person.protected", await night.StudentAsync("alva"), StringComparison.Ordinal);
        Assert.DoesNotContain(Ids.Of("alva"), string.Concat((await night.AppleAsync()).Files.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marking_on_a_reference_in_upper_case_protects()
    {
        Arrange();
        _school.Responsible("bo", "alva")["person"] =
            new JsonObject { ["securityMarking"] = "Sekretessmarkering", ["id"] = Ids.Of("alva").ToUpperInvariant() };

        var night = await NightAsync();

        Assert.Equal("no: person.protected", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task A_marking_in_a_copy_that_a_later_one_replaces_protects()
    {
        Arrange();
        var earlier = (JsonObject)Person("alva").DeepClone();
        earlier["securityMarking"] = "Sekretessmarkering";
        _school.Data[Collections.Persons].Insert(0, earlier);

        var night = await azurite.Night(_school).With("source.pageSize", 1).Dry().RunAsync();

        Assert.Equal("no: person.protected", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task A_marking_in_a_replaced_copy_of_something_else_protects()
    {
        Arrange();
        _school.Group("7a", "north", "Klass", "bo", "alva")["groupMemberships"]![1]!["person"]!["securityMarking"] = "Sekretessmarkering";
        _school.Group("7a", "north", "Klass", "bo");

        var night = await azurite.Night(_school).With("source.pageSize", 1).Dry().RunAsync();

        Assert.Equal("no: person.protected", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task The_strictest_marking_wins()
    {
        Arrange();
        Person("alva")["securityMarking"] = "Sekretessmarkering";
        _school.Group("7a", "north", "Klass", "alva")["groupMemberships"]![0]!["person"]!["securityMarking"] = "Ingen";

        var night = await NightAsync();

        Assert.Equal("no: person.protected", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task Nothing_points_at_a_protected_person()
    {
        Arrange();
        _school.Employee("hugo")["securityMarking"] = "Sekretessmarkering";
        _school.Duty("hugo's", "hugo", "north");
        _school.Group("7a", "north", "Klass", "alva", "bo");
        _school.Activity("class hour", "north", "7a", null, "hugo's");
        _school.Guardian("gun", "alva");
        Person("alva")["securityMarking"] = "Skyddad folkbokföring";

        var night = await NightAsync();

        Assert.Equal(["bo"], await night.MembersAsync("7a", "alva", "bo"));
        Assert.Empty(await night.InstructorsAsync("7a", "hugo"));
        Assert.Equal("no: guardian.noStudent", await night.GuardianAsync("gun"));
        Assert.Empty(await night.SectionsAsync("alva"));
    }

    private void Arrange()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Student("bo", "north");
    }

    private JsonObject Person(string label) => _school.Data[Collections.Persons].First(person => (string?)person["id"] == Ids.Of(label));

    private Task<NightResult> NightAsync() => azurite.Night(_school).Dry().RunAsync();
}
