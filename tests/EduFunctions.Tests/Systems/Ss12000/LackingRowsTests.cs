using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>What rows are without is noted while their page passes by, and whether something unreadable stands in its place.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LackingRowsTests
{
    private const string Id = "7f9619ff-8b86-4011-b42d-00cf4fc964ff";

    [Theory]
    [InlineData("groups", "\"groupType\":\"Klass\",\"startDate\":\"2026-08-01\",\"groupMemberships\":[]", "")]
    [InlineData("groups", "\"groupType\":\"Klass\",\"startDate\":null,\"groupMemberships\":null", "startDate groupMemberships")]
    [InlineData("groups", "\"GroupType\":\"Klass\",\"STARTDATE\":\"2026-08-01\",\"groupMemberShips\":[]", "")]
    [InlineData("groups", "\"meta\":{\"groupType\":\"x\",\"groupMemberships\":[]},\"startDate\":\"2026-08-01\"", "groupType groupMemberships")]
    [InlineData("persons", "\"givenName\":\" \",\"familyName\":\"\\u200b\",\"enrolments\":[{}],\"responsibles\":[]", "givenName familyName")]
    [InlineData("persons", "\"givenName\":\"A\",\"familyName\":\"B\",\"enrollments\":[{}]", "enrolments? responsibles")]
    [InlineData("persons", "\"givenName\":\"A\",\"familyName\":\"B\",\"responsible\":[],\"enrolments\":[],\"enrolment\":7", "responsibles?")]
    [InlineData("groups", "\"groupType\":\"Klass\",\"startDate\":\"2026-08-01\",\"groupMembers\":[],\"groupMembershps\":[]", "groupMemberships?")]
    [InlineData("groups", "\"groupType\":\"Klass\",\"startDate\":\"2026-08-01\",\"groupMembers\":[],\"g\":[]", "groupMemberships")]
    [InlineData("duties", "\"startDate\":\"2026-08-01\",\"person\":{\"id\":\"a\",\"displayName\":\"x\"},\"assignmentRole\":[]", "")]
    [InlineData("duties", "\"startDate\":\"2026-08-01\",\"person\":null,\"assignmentRole\":[]", "person")]
    [InlineData("duties", "\"startDate\":\"2026-08-01\",\"person\":{\"entity\":{\"id\":\"a\"}},\"assignmentRole\":[]", "person?")]
    [InlineData("duties", "\"startDate\":\"2026-08-01\",\"person\":\"a\",\"assignmentRole\":[]", "person?")]
    [InlineData("activities", "\"startDate\":\"2026-08-01\",\"groups\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"teachers\":[]", "")]
    [InlineData("activities", "\"startDate\":\"2026-08-01\",\"groups\":[],\"teachers\":[]", "")]
    [InlineData("activities", "\"startDate\":\"2026-08-01\",\"groups\":[{\"id\":\"a\"},null],\"teachers\":[]", "groups?")]
    [InlineData("activities", "\"startDate\":\"2026-08-01\",\"groups\":{},\"teachers\":{}", "groups? teachers")]
    [InlineData("syllabuses", "\"subjectName\":null", "")]
    public void What_a_row_lacks_is_noted(string collection, string properties, string lacking)
    {
        var ids = new PullIds()[collection];
        PageBody.Parse(Encoding.UTF8.GetBytes($$"""{"data":[{"id":"{{Id}}",{{properties}}}],"pageToken":null}"""), ids);
        Assert.True(IdText.TryParse(Encoding.UTF8.GetBytes(Id), out var row));

        Assert.Equal(lacking, string.Join(' ', ids.Lacking.Parts.Select((part, at) => Told(ids.Lacking, part, at, row)).Where(told => told.Length > 0)));
    }

    [Theory]
    [InlineData("\"7f9619ff-8b86-4011-b42d-00cf4fc964ff\"")]
    [InlineData("(7F9619FF-8B86-4011-B42D-00CF4FC964FF)")]
    [InlineData("7f9619ff-8b86-4011-b42d-00cf4fc964ff\u200b")]
    [InlineData("\ufeff7f9619ff-8b86-4011-b42d-00cf4fc964ff")]
    [InlineData("\u00a07f9619ff-8b86-4011-b42d-00cf4fc964ff")]
    [InlineData("7f9619ff\u20118b86\u20114011\u2011b42d\u201100cf4fc964ff")]
    public void A_uuid_is_one_in_whatever_dress(string text)
    {
        Assert.True(IdText.TryParse(Encoding.UTF8.GetBytes(text), out var id));

        Assert.Equal(Id, $"{id}");
    }

    [Fact]
    public void Signs_belong_to_ids_that_are_no_uuids()
    {
        Assert.True(IdText.TryParse("(p17)"u8, out var id));

        Assert.Equal("(p17)", $"{id}");
    }

    private static string Told(LackingRows lacking, RowPart part, int at, EntityId row) =>
        !lacking.Has(at, row) ? "" : lacking.IsStrange(at, row) ? $"{part.Name}?" : part.Name;
}
