using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Systems.OneRoster;
using EduFunctions.Simulators.OneRoster;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>A marking counts in any row that belongs to a user, and users with one identifier are one human.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class OneRosterProtectionTests
{
    private const string Hidden = "north-7-1";
    private const string Twin = "north-7-2";
    private const string Usual = "metadata.securityMarking";

    [Theory]
    [InlineData("users", Usual, "Sekretessmarkering")]
    [InlineData("users", Usual, "spärrad")]
    [InlineData("users", "metadata.note", "Skyddade personuppgifter")]
    [InlineData("users", "metadata.protection", " sekretess")]
    [InlineData("users", "metadata.sekretess", "ja")]
    [InlineData("users", "metadata.nordhamn.skyddadIdentitet", "1")]
    [InlineData("users", "metadata.security_marking", "Kod 6")]
    [InlineData("users", "metadata.isProtected", "Y")]
    [InlineData("users", "metadata.hemlig", "x")]
    [InlineData("users", "metadata.adressebeskyttelse", "ja")]
    [InlineData("users", "metadata.note", "Navne- og adressebeskyttelse")]
    [InlineData("users", "metadata.note", "Kvarskrivning")]
    [InlineData("users", "metadata.note", "sk\u00adyddad identitet")]
    [InlineData("users", "metadata.note", "Ｓekretess")]
    [InlineData("users", "metadata.harSkyddadIdentitet", "Ja")]
    [InlineData("users", "metadata.sekretessKod", "6")]
    [InlineData("users", "metadata.skyddadFolkbokföringFrån", "2026-08-01")]
    [InlineData("users", "metadata.kvarskrivning", "2026")]
    [InlineData("users", "metadata.elev.protected_identity", "yes")]
    [InlineData("roles", "metadata.sekretess", "true")]
    [InlineData("enrollments", "metadata.sekretess", "J")]
    [InlineData("demographics", "metadata.Skyddad folkbokföring", "ja")]
    [InlineData("roles", Usual, "Skyddad folkbokföring")]
    [InlineData("roles", Usual, " Sekretessmarkering, ej i register")]
    [InlineData("roles", "metadata.SECURITYMARKING", "x")]
    [InlineData("roles", "metadata.anything", "Skyddad identitet")]
    [InlineData("enrollments", Usual, "Sekretessmarkering")]
    [InlineData("enrollments", "metadata.anything", "SEKRETESSMARKERING")]
    [InlineData("demographics", Usual, "Sekretessmarkering")]
    [InlineData("demographics", "metadata.anything", "Skyddad")]
    public async Task A_marking_counts_in_any_row_of_a_user(string file, string column, string marking)
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        files["demographics.csv"] = $"sourcedId,status,birthDate,sex\n{Ids.Of(Hidden)},,2013-01-09,female\n{Ids.Of(Twin)},,2013-02-09,male\n";
        Set(files, file, Hidden, column, marking);

        var data = await RecalledAsync(files);

        Assert.Equal([Ids.Of(Hidden)], data.ProtectedIds.Select(id => id.ToString()));
    }

    [Theory]
    [InlineData("roles", Usual, "Ingen")]
    [InlineData("roles", "metadata.shoes", "39")]
    [InlineData("enrollments", "metadata.anything", "Ingen sekretess")]
    [InlineData("users", "metadata.sekretess", "Nej")]
    [InlineData("users", "metadata.skyddad", " 0 ")]
    [InlineData("users", "metadata.sekretess", "ingen markering")]
    [InlineData("users", "metadata.skyddsombud", "ja")]
    [InlineData("users", "metadata.sekretessavtal", "Ja")]
    [InlineData("users", "metadata.sekretessavtal", "2026-08-01")]
    [InlineData("users", "metadata.sekretessforbindelse", "Undertecknad")]
    [InlineData("users", "metadata.sekretessGranskadAv", "Anna")]
    [InlineData("users", "metadata.sekretessKontroll", "17/8 2026 10:17")]
    [InlineData("users", "metadata.skyddadEnhet", "Ja")]
    [InlineData("users", "metadata.skyddadEnhet", "true")]
    [InlineData("users", "metadata.protectedDevice", "true")]
    [InlineData("users", "metadata.ejSekretess", "Ja")]
    [InlineData("users", "metadata.oskyddad", "Ja")]
    [InlineData("users", "metadata.kommentar", "Skyddad verkstad")]
    [InlineData("users", "metadata.program", "Skyddande yrken")]
    [InlineData("users", "metadata.dataProtectionConsent", "yes")]
    [InlineData("classes", Usual, "Sekretessmarkering")]
    public async Task What_says_nothing_of_a_user_protects_nobody(string file, string column, string value)
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        Set(files, file, file == "classes" ? "north-7" : Hidden, column, value);

        Assert.Empty((await RecalledAsync(files)).ProtectedIds);
    }

    [Theory]
    [InlineData("userMasterIdentifier", "m-4711", "M-4711 ")]
    [InlineData("identifier", "4711", "4711")]
    [InlineData("userIds", "{sis:4711}", "{x:1},{sis:4711}")]
    [InlineData("userIds", "{pnr:20130109-9805}", "{pnr:SE1301099805}")]
    [InlineData("identifier", "20130109-9805", "130109-9805")]
    [InlineData("username", "alva@id.example", "mailto:ALVA@id.example")]
    [InlineData("email", "alva@elev.example", "<alva@elev.example>")]
    public async Task Users_with_one_identifier_are_one_human(string column, string hidden, string twin)
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        Set(files, "users", Hidden, Usual, "Sekretessmarkering");
        Set(files, "users", Hidden, column, hidden);
        Set(files, "users", Twin, column, twin);

        var data = await RecalledAsync(files);

        Assert.Equal(new[] { Ids.Of(Hidden), Ids.Of(Twin) }.Order(), data.ProtectedIds.Select(id => id.ToString()).Order());
    }

    [Theory]
    [InlineData("identifier", "4711", "userMasterIdentifier")]
    [InlineData("identifier", "saknas", "identifier")]
    [InlineData("userMasterIdentifier", "0", "userMasterIdentifier")]
    [InlineData("username", "ej@angiven.se", "username")]
    public async Task Users_with_what_identifies_nobody_are_not(string column, string value, string twinsColumn)
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        Set(files, "users", Hidden, Usual, "Sekretessmarkering");
        Set(files, "users", Hidden, column, value);
        Set(files, "users", Twin, twinsColumn, value);

        Assert.Equal([Ids.Of(Hidden)], (await RecalledAsync(files)).ProtectedIds.Select(id => id.ToString()));
    }

    [Fact]
    public async Task A_marked_user_without_an_id_protects_who_has_the_same_identifier()
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        Set(files, "users", Twin, "userMasterIdentifier", "m-4711");
        Set(files, "users", Hidden, "userMasterIdentifier", "m-4711");
        Set(files, "users", Hidden, Usual, "Sekretessmarkering");
        Set(files, "users", Hidden, "sourcedId", "");

        Assert.Contains(Ids.Of(Twin), (await RecalledAsync(files)).ProtectedIds.Select(id => id.ToString()));
    }

    [Theory]
    [InlineData("identifier", "zq-4711", "Stöd ZQ 4711")]
    [InlineData("userMasterIdentifier", "zq-4711", "zq4711")]
    [InlineData("userIds", "{sis:zq-4711}", "grupp zq-4711")]
    [InlineData("userIds", "{pnr:20130109-9805}", "201301099805")]
    [InlineData("preferredGivenName", "Zqpreferred", "Zqpreferred Provhed")]
    [InlineData("middleName", "Zqmiddle", "Zqmiddle Provhed")]
    public async Task The_scan_knows_identifiers_and_every_name(string column, string value, string row)
    {
        var files = OneRosterFiles.Of(PlainTown.Make().Data);
        Set(files, "users", Hidden, Usual, "Sekretessmarkering");
        Set(files, "users", Hidden, "familyName", "Provhed");
        Set(files, "users", Hidden, column, value);
        var (snapshot, data) = await ReadAsync(files);
        await new OneRosterSource(new CallLimits()).ReadProtectedAsync(snapshot, data, CancellationToken.None);

        Assert.NotEmpty(new RowScan(ProtectedValuesBuilder.Of(data, 17)).Find(Encoding.UTF8.GetBytes(row)));
    }

    private static async Task<SourceData> RecalledAsync(Dictionary<string, string> files)
    {
        var (_, data) = await ReadAsync(files);
        var sight = new Sight("run", Day.From(Night.Today), IsUndisturbed: true, UnprotectAfterRuns: 2, MaxUnprotected: 2, WindowDays: 14);
        Recollection.Of(data, new ProtectionMemory(17, "none"), sight).Apply();
        return data;
    }

    private static async Task<(Pipeline.Snapshots.Snapshot Pulled, SourceData Data)> ReadAsync(Dictionary<string, string> files)
    {
        var pulled = NightInMemory.SnapshotOf(
            files.Where(file => file.Key != "manifest.csv").ToDictionary(file => file.Key[..^".csv".Length], file => Encoding.UTF8.GetBytes(file.Value)), "csv.gz");
        return (pulled, await OneRosterReader.ReadAsync(pulled, new ReadOptions { MaxNotUnderstoodPercent = 5 }, CancellationToken.None));
    }

    /// <summary>In the first line that names it, of a file whose lines have no commas in fields but for those it writes.</summary>
    private static void Set(Dictionary<string, string> files, string file, string label, string column, string value)
    {
        var rows = files[$"{file}.csv"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',').ToList()).ToList();
        var at = rows[0].IndexOf(column);
        if (at < 0)
        {
            at = rows[0].Count;
            rows.ForEach(row => row.Add(row == rows[0] ? column : ""));
        }

        rows.First(row => row.Contains(Ids.Of(label)))[at] = $"\"{value}\"";
        files[$"{file}.csv"] = string.Join('\n', rows.Select(row => string.Join(',', row))) + "\n";
    }
}
