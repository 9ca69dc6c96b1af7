using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.OneRoster;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Unilogin.Export;
using Xunit;
using static EduFunctions.Tests.Protection.Memory.CommonMarkingNights;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>The same of files and of Danish documents, which mark in ways of their own.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class CommonMarkingFormsTests : IDisposable
{
    private const string Usual = "metadata.securityMarking";
    private const string Hidden = "south-8-3";
    private const int Pupils = 18;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-markings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("users", Usual, "Nej", "another text", 42)]
    [InlineData("users", "metadata.isProtected", "NULL", "another text", 42)]
    [InlineData("users", "metadata.sekretess", "okänt", "another text", 42)]
    [InlineData("users", "metadata.sekretessFrån", "2026-11-01", "a date", 42)]
    [InlineData("enrollments", Usual, "None", "another text", 36)]
    [InlineData("enrollments", "metadata.sekretessFrån", "2026-11-01 08:00", "a date", 36)]
    public async Task Files_in_which_all_bear_one_marking_are_held(string file, string column, string value, string kind, int bearers)
    {
        await using var nights = await BeginAsync(targets => OfFiles(targets, _ => { }));

        var odd = await nights.RunAsync(targets => OfFiles(targets, files =>
        {
            SetAll(files, file, column, value);
            Hide(files);
        }));

        bearers -= file == "users" && column == Usual ? 1 : 0;
        AssertHeld(odd, $"{bearers} of {(file == "users" ? 42 : 36)} persons have a {column} that is not understood: {kind} (limit: 5 %, or half)");
        nights.AssertGone(Ids.Of(Hidden));
        await nights.AssertRememberedAsync(Ids.Of(Hidden));
        AssertDelivered(await nights.RunAsync(targets => OfFiles(targets, Hide)));
        nights.AssertGone(Ids.Of(Hidden));
    }

    [Theory]
    [InlineData("users", Usual, "INGEN", true)]
    [InlineData("users", Usual, "ingen ", true)]
    [InlineData("users", "metadata.isProtected", "FALSKT", false)]
    [InlineData("users", "metadata.sekretess", "False", false)]
    [InlineData("enrollments", Usual, "INGEN", false)]
    public async Task Files_that_say_none_in_another_spelling_protect_nobody_and_take_nobody_back(string file, string column, string value, bool isTold)
    {
        await using var nights = await BeginAsync(targets => OfFiles(targets, _ => { }));
        AssertDelivered(await nights.RunAsync(targets => OfFiles(targets, Hide)));
        for (var night = 0; night < 3; night++)
        {
            var run = await nights.RunAsync(targets => OfFiles(targets, files => SetAll(files, file, column, value)));

            AssertDelivered(run);
            Assert.Equal(isTold, run.Findings.Any(finding => finding.Code == "value.asText"));
            nights.AssertGone(isTold || night == 0 ? [Ids.Of(Hidden)] : []);
        }
    }

    [Theory]
    [InlineData("metadata.isProtected", "Ja")]
    [InlineData("metadata.harSkyddadIdentitet", "true")]
    [InlineData("metadata.anteckning", "Skyddad identitet")]
    [InlineData(Usual, "SKYDDAD")]
    public async Task Files_in_which_all_are_protected_in_words_that_the_standard_does_not_have_are_held(string column, string value)
    {
        await using var nights = await BeginAsync(targets => OfFiles(targets, _ => { }));

        AssertHeld(await nights.RunAsync(targets => OfFiles(targets, files => SetAll(files, "users", column, value))), $"42 of 42 persons are said to be protected by a {column} in words");

        nights.AssertGone();
        AssertDelivered(await nights.RunAsync(targets => OfFiles(targets, _ => { })));
        nights.AssertGone();
    }

    [Fact]
    public async Task Roles_of_all_teachers_with_one_that_nobody_can_read_are_held()
    {
        await using var nights = await BeginAsync(targets => OfFiles(targets, _ => { }));

        var odd = await nights.RunAsync(targets => OfFiles(targets, files => SetWhere(files, "roles", Usual, "None", line => line.Contains(",teacher,", StringComparison.Ordinal))));

        AssertHeld(odd, $"6 of 6 staff have a {Usual} that is not understood");
        nights.AssertGone();
        AssertDelivered(await nights.RunAsync(targets => OfFiles(targets, _ => { })));
        nights.AssertGone();
    }

    /// <summary>In an institution of so few that ten are more than all of them, too.</summary>
    [Theory]
    [InlineData("nej", 8)]
    [InlineData("{0:000}", Pupils)]
    [InlineData("{0:00}-08-2026", Pupils)]
    public async Task Danish_documents_in_which_each_bears_another_are_held(string value, int pupils)
    {
        await using var nights = await BeginAsync(targets => OfPupils(targets, pupils, _ => "false"));

        var odd = await nights.RunAsync(targets => OfPupils(targets, pupils, number => string.Format(CultureInfo.InvariantCulture, value, number + 1)));

        AssertHeld(odd, $"{pupils + 1} of {pupils + 1} persons have a protected that is not understood");
        nights.AssertGone();
        AssertDelivered(await nights.RunAsync(targets => OfPupils(targets, pupils, _ => "false")));
        nights.AssertGone();
        await nights.AssertRememberedAsync();
    }

    [Theory]
    [InlineData("nej", "another text")]
    [InlineData("2", "another text")]
    [InlineData("", "an empty text")]
    public async Task Danish_documents_in_which_all_bear_one_marking_are_held(string value, string kind)
    {
        await using var nights = await BeginAsync(targets => OfDocument(targets, "false"));

        var odd = await nights.RunAsync(targets => OfDocument(targets, value, hidden: "true", shouted: " TRUE"));

        AssertHeld(odd, $"{Pupils - 1} of {Pupils + 1} persons have a protected that is not understood: {kind}");
        nights.AssertGone("elev0001", "elev0002");
        await nights.AssertRememberedAsync("elev0001", "elev0002");
        AssertDelivered(await nights.RunAsync(targets => OfDocument(targets, "false", hidden: "true", shouted: "true")));
        nights.AssertGone("elev0001", "elev0002");
    }

    [Theory]
    [InlineData(" false ")]
    [InlineData("False")]
    [InlineData("FALSE")]
    public async Task Danish_documents_that_say_no_in_another_spelling_protect_nobody_and_take_nobody_back(string value)
    {
        await using var nights = await BeginAsync(targets => OfDocument(targets, "false"));
        for (var night = 0; night < 3; night++)
        {
            var run = await nights.RunAsync(targets => OfDocument(targets, value, hidden: night == 0 ? " TRUE" : value));

            AssertDelivered(run);
            Assert.Equal(Pupils + 1, run.Findings.Single(finding => finding.Code == "value.asText").Count);
            nights.AssertGone("elev0001");
        }

        AssertDelivered(await nights.RunAsync(targets => OfDocument(targets, "false")));
        AssertDelivered(await nights.RunAsync(targets => OfDocument(targets, "false")));
        nights.AssertGone();
    }

    private Night OfFiles(TargetNights targets, Action<Dictionary<string, string>> spoil)
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        spoil(files);
        OneRosterFiles.ToFolder(files, _folder.FullName);
        return targets.Next(new JsonSchoolData(), acceptsShrink: false).From(new JsonObject { ["type"] = "oneRosterCsv", ["path"] = _folder.FullName });
    }

    /// <summary>In every row of a file; a column that it does not have is added.</summary>
    private static void SetAll(Dictionary<string, string> files, string file, string column, string value) => SetWhere(files, file, column, value, _ => true);

    private static void Hide(Dictionary<string, string> files) =>
        SetWhere(files, "users", Usual, "Sekretessmarkering", line => line.StartsWith(Ids.Of(Hidden), StringComparison.Ordinal));

    private static void SetWhere(Dictionary<string, string> files, string file, string column, string value, Predicate<string> isMeant)
    {
        var lines = files[$"{file}.csv"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(lines[0].Split(','), column);
        files[$"{file}.csv"] = string.Concat(lines.Select((line, number) =>
            $"{(at < 0 ? $"{line},{(number == 0 ? column : isMeant(line) ? value : "")}" : number > 0 && isMeant(line) ? With(line, at, value) : line)}\n"));
    }

    /// <summary>No field of this town has a comma.</summary>
    private static string With(string line, int at, string value) => string.Join(',', line.Split(',').Select((field, number) => number == at ? value : field));

    private static Night OfDocument(TargetNights targets, string all, string? hidden = null, string? shouted = null) =>
        OfPupils(targets, Pupils, number => number == 1 ? hidden ?? all : number == 2 ? shouted ?? all : all);

    /// <param name="said">Of each pupil by number, and of the teacher, who has none.</param>
    private static Night OfPupils(TargetNights targets, int pupils, Func<int, string> said)
    {
        var school = new DanishInstitution("999001", "Skolen");
        school.Imports.Add(new DanishImport("DEMO-SIS", "2026-2027"));
        school.Groups.Add(new DanishGroup("7A", "Hovedgruppe") { Name = "7.A" });
        school.Members.Add(new DanishMember(DanishNight.Person("laer0001") with { Protected = said(0) }) { Employee = new DanishEmployee("Lærer") { Groups = ["7A"] } });
        for (var number = 1; number <= pupils; number++)
        {
            school.Members.Add(DanishNight.Pupil(DanishNight.Person($"elev{number:0000}") with { Protected = said(number) }));
        }

        var night = targets.Next(new SchoolBuilder(Night.Today).Data, acceptsShrink: false)
            .Danish(new Dictionary<string, byte[]> { [school.Number] = new ExportDocument(school, DanishNight.Full7).Answer() });
        var feeds = night.Feeds.AsArray();
        feeds.Remove(feeds.Single(feed => (string?)feed!["type"] == "unikumRelations"));
        feeds.Single(feed => (string?)feed!["name"] == TenantJson.LearnFeed)!["settings"]!["userId"] = "id";
        return night;
    }
}
