using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>What the feed never writes, the check would find all the same: it is asked about files made by hand.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class BlackboardCheckTests
{
    private const string Persons = "external_person_key|user_id|firstname|lastname|email|institution_role|system_role|available_ind|row_status\n";
    private const string Courses = "external_course_key|course_id|course_name|available_ind|row_status\n";
    private const string Memberships = "external_course_key|external_person_key|role|available_ind|row_status\n";
    private const string Alva = "a|a@id.example|Alva|Prov||STUDENT|none|Y|enabled\n";
    private const string Maths = "c|c|Maths|Y|enabled\n";

    [Fact]
    public void Good_files_have_no_error() => Assert.Empty(Errors(
        ("person.txt", Persons + Alva + Alva.Replace("a|a@", "b|b@").Replace("enabled", "disabled")), ("course.txt", Courses + Maths),
        ("membership.txt", Memberships + "c|a|Student|Y|enabled\nc|b|Student|Y|disabled\n"), ("person.delete.txt", "external_person_key\nz\n")));

    [Theory]
    [InlineData("c|b|Student|Y|enabled\n", "external_person_key: does not reference any enabled row (1 character, not in person)")]
    [InlineData("d|a|Student|Y|enabled\n", "external_course_key: does not reference any enabled row (1 character, not in course)")]
    [InlineData("c|a|Student|Y|enabled\nc|a|Student|Y|enabled\n", "line 3, external_person_key: must be unique")]
    [InlineData("c|a||Y|enabled\n", "role: is required of what we write")]
    [InlineData("c|a|Student|Y\n", "row: has not as many values")]
    [InlineData("c|a|Student|Y|enabled", "row: must end with a line feed, too")]
    [InlineData("c|a|St*dent|Y|enabled\n", "role: must have no asterisk (7 characters, U+002A as number 3)")]
    public void A_wrong_membership_is_found(string rows, string error) => Assert.Contains(
        Errors(("person.txt", Persons + Alva), ("course.txt", Courses + Maths), ("membership.txt", Memberships + rows)),
        found => found.ToString().Contains(error, StringComparison.Ordinal));

    [Theory]
    [InlineData("external_person_key|user_id|row_status\n")]
    [InlineData("external_person_key|first_name\n")]
    [InlineData("external_person_key|external_person_key\n")]
    public void A_wrong_header_is_found(string header) =>
        Assert.Contains(Errors(("person.txt", header + "a|b|c\n")), found => found.Line == 1);

    [Fact]
    public void An_address_that_two_people_have_is_found() => Assert.Contains(
        Errors(("person.txt", "external_person_key|user_id|firstname|lastname|inst_email|row_status\na|a|Alva|Provhed|x@elev.example|enabled\nb|b|Bosse|Provhed|X@elev.example|enabled\n")),
        found => found is { Column: "inst_email", Line: 3 });

    [Fact]
    public void A_name_that_is_too_long_is_found() => Assert.Contains(
        Errors(("person.txt", Persons + Alva.Replace("Prov", new string('x', 101)))), found => found is { Column: "lastname", Line: 2 });

    private static IReadOnlyList<FeedError> Errors(params (string Name, string Text)[] contents)
    {
        using var files = new FeedFiles();
        foreach (var (name, text) in contents)
        {
            files.Create(name).Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return new BlackboardFeed().Check(files, new BlackboardSettings());
    }
}
