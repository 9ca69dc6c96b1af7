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
    [InlineData("users", "metadata.sekretessKontrollerad", "2026-11-01", "a date", 42)]
    [InlineData("enrollments", Usual, "None", "another text", 36)]
    [InlineData("enrollments", "metadata.sekretessKontrollerad", "2026-11-01 08:00", "a date", 36)]
    public async Task Files_in_which_all_bear_one_marking_are_held(string file, string column, string value, string kind, int bearers)
    {
        await using var nights = await BeginAsync(targets => OfFiles(targets, _ => { }));

        var odd = await nights.RunAsync(targets => OfFiles(targets, files =>
        {
            SetAll(files, file, column, value);
            Hide(files);
        }));

        bearers -= file == "users" && column == Usual ? 1 : 0;
        AssertHeld(odd, $"{bearers} of 42 persons have the same {column}, which is not understood: {kind} (limit: 5 %)");
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
    [InlineData("nej", "another text")]
    [InlineData("2", "another text")]
    [InlineData("", "an empty text")]
    public async Task Danish_documents_in_which_all_bear_one_marking_are_held(string value, string kind)
    {
        await using var nights = await BeginAsync(targets => OfDocument(targets, "false"));

        var odd = await nights.RunAsync(targets => OfDocument(targets, value, hidden: "true", rare: "perhaps"));

        AssertHeld(odd, $"{Pupils - 1} of {Pupils + 1} persons have the same protected, which is not understood: {kind}");
        nights.AssertGone("elev0001", "elev0002");
        await nights.AssertRememberedAsync("elev0001", "elev0002");
        AssertDelivered(await nights.RunAsync(targets => OfDocument(targets, "false", hidden: "true", rare: "true")));
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
        files[$"{file}.csv"] = string.Concat(lines.Select((line, number) => $"{(at < 0 ? $"{line},{(number == 0 ? column : value)}" : number > 0 && isMeant(line) ? With(line, at, value) : line)}\n"));
    }

    /// <summary>No field of this town has a comma.</summary>
    private static string With(string line, int at, string value) => string.Join(',', line.Split(',').Select((field, number) => number == at ? value : field));

    private static Night OfDocument(TargetNights targets, string all, string? hidden = null, string? rare = null)
    {
        var school = new DanishInstitution("999001", "Skolen");
        school.Imports.Add(new DanishImport("DEMO-SIS", "2026-2027"));
        school.Groups.Add(new DanishGroup("7A", "Hovedgruppe") { Name = "7.A" });
        school.Members.Add(new DanishMember(DanishNight.Person("laer0001") with { Protected = all }) { Employee = new DanishEmployee("Lærer") { Groups = ["7A"] } });
        for (var number = 1; number <= Pupils; number++)
        {
            var said = number == 1 ? hidden ?? all : number == 2 ? rare ?? all : all;
            school.Members.Add(DanishNight.Pupil(DanishNight.Person($"elev{number:0000}") with { Protected = said }));
        }

        var night = targets.Next(new SchoolBuilder(Night.Today).Data, acceptsShrink: false)
            .Danish(new Dictionary<string, byte[]> { [school.Number] = new ExportDocument(school, DanishNight.Full7).Answer() });
        var feeds = night.Feeds.AsArray();
        feeds.Remove(feeds.Single(feed => (string?)feed!["type"] == "unikumRelations"));
        feeds.Single(feed => (string?)feed!["name"] == TenantJson.LearnFeed)!["settings"]!["userId"] = "id";
        return night;
    }
}
