using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.AppleSchoolManager;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.AppleSchoolManager;

/// <summary>What Managed Apple Accounts are made of: one person without it, or two with the same, make Apple refuse all.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class AppleAccountTests
{
    private readonly SchoolBuilder _school = new(Night.Today);

    public AppleAccountTests()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Student("bo", "north");
        _school.Employee("hugo");
        _school.Duty("hugo's", "hugo", "north");
        _school.Group("7a", "north", "Klass", "alva", "bo");
    }

    [Theory]
    [InlineData("sis_username", "eduPersonPrincipalNames", "apple.fieldMissing")]
    [InlineData("middle_name", "middleName", "apple.fieldMissing")]
    [InlineData("email_address", "emails", "apple.emailMissing")]
    public async Task Who_lacks_a_required_column_is_left_out_and_nobody_else(string column, string property, string finding)
    {
        foreach (var label in new[] { "alva", "bo", "hugo" })
        {
            Person(label)["middleName"] = "Prov";
        }

        Person("bo").Remove(property);
        Person("hugo").Remove(property);

        using var night = await PaperNight.RunAsync(_school.Data, Required(column));

        Assert.Empty(night.Errors);
        Assert.Equal([Ids.Of("alva")], night.Apple().Column("students.csv", "person_id"));
        Assert.Equal([Ids.Of("alva")], night.Apple().Column("rosters.csv", "student_id"));
        Assert.Empty(night.Apple().Rows("staff.csv"));
        Assert.Equal(Sorted("bo", "hugo"), night.Found(finding));
    }

    [Fact]
    public async Task A_required_school_year_is_asked_of_students_alone()
    {
        Person("bo")["enrolments"]![0]!["schoolYear"] = null;

        using var night = await PaperNight.RunAsync(_school.Data, Required("grade_level"));

        Assert.Empty(night.Errors);
        Assert.Equal([Ids.Of("alva")], night.Apple().Column("students.csv", "person_id"));
        Assert.Single(night.Apple().Rows("staff.csv"));
    }

    [Theory]
    [InlineData("BO@elev.example")]
    [InlineData("bo@elev.example")]
    public async Task Of_two_with_one_address_one_has_it(string address)
    {
        Email("alva", address);

        using var night = await PaperNight.RunAsync(_school.Data);
        using var federated = await PaperNight.RunAsync(_school.Data, Required("email_address"));

        var second = Sorted("alva", "bo")[1];
        Assert.Empty(night.Errors.Concat(federated.Errors));
        Assert.Equal("", night.Apple().Rows("students.csv").Single(row => row["person_id"] == second)["email_address"]);
        Assert.Equal([Sorted("alva", "bo")[0]], federated.Apple().Column("students.csv", "person_id"));
        Assert.Equal([second], night.Found("apple.emailTaken"));
        Assert.Equal([second], federated.Found("apple.emailTaken"));
    }

    [Fact]
    public async Task Staff_keep_an_address_before_students()
    {
        Email("alva", "hugo@SKOLA.example");

        using var night = await PaperNight.RunAsync(_school.Data, Required("email_address"));

        Assert.Equal([Ids.Of("alva")], night.Found("apple.emailTaken"));
        Assert.Equal(["hugo@skola.example"], night.Apple().Column("staff.csv", "email_address"));
    }

    [Theory]
    [InlineData("students.csv", "alva@elev.example", "BO@elev.example", "email_address: must be unique")]
    [InlineData("staff.csv", "hugo@skola.example", "bo@ELEV.example", "email_address: must be unique")]
    [InlineData("students.csv", "alva@elev.example", "", "email_address: is required")]
    [InlineData("students.csv", ",Alva,", ",=1+1,", "first_name: begins like a formula")]
    [InlineData("students.csv", "alva@elev.example", "@elev.example", "email_address: begins like a formula")]
    [InlineData("students.csv", ",Alva,", ",Al\u202Eva,", "first_name: has a character that nobody sees (5 characters, U+202E as number 3)")]
    public async Task The_check_knows_the_same_limits(string file, string written, string instead, string error)
    {
        using var night = await PaperNight.RunAsync(_school.Data);
        using var files = new FeedFiles();
        using (var zip = new System.IO.Compression.ZipArchive(files.Create("asm.zip"), System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in night.Apple().Files)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(name == file ? text.Replace(written, instead, StringComparison.Ordinal) : text);
            }
        }

        var errors = new AppleFeed().Check(files, new AppleSettings { Required = ["email_address"] });

        Assert.Contains(errors, found => found.ToString().Contains(error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shoe_size", "unknown column")]
    [InlineData("person_number", "needs settings.personNumber")]
    public async Task What_cannot_be_required_is_refused(string column, string cause)
    {
        var tenant = PaperNight.Tenant();
        Required(column)(tenant);

        Assert.Contains(await PaperNight.TenantErrorsAsync(tenant), error => error.ToString().Contains(cause, StringComparison.Ordinal));
    }

    private static Action<JsonObject> Required(string column) => PaperFeeds.Apple(new JsonObject { ["required"] = new JsonArray(column) });

    private static string[] Sorted(params string[] labels) => [.. labels.Select(Ids.Of).Order(StringComparer.Ordinal)];

    private JsonObject Person(string label) => _school.Data[Collections.Persons].First(person => (string?)person["id"] == Ids.Of(label));

    private void Email(string label, string address) => Person(label)["emails"]![0]!["value"] = address;
}
