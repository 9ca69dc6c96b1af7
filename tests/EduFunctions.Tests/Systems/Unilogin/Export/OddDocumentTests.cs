using System.Text;
using System.Xml.Linq;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>Elements that are there and say what they cannot: whoever was delivered stays, and so does their class.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class OddDocumentTests
{
    private const string Number = "999001";

    private static readonly XDocument Good = Document();

    public static TheoryData<string, string, string> Kept => new()
    {
        { "GroupType", "Hovedgruppe", "HG" },
        { "MainGroupId", "7A", "" },
        { "MainGroupId", "7A", "  " },
        { "FirstName", "Fornavnelev0003", "" },
        { "FirstName", "Fornavnelev0003", " \u00a0" },
        { "FamilyName", "Efternavnelev0003", "" },
        { "FirstName", "Fornavnmor0elev0003", " " },
        { "ToDate", "2027-07-31", "0001-01-01" },
        { "ToDate", "2027-07-31", "1900-01-01" },
        { "ToDate", "2027-07-31", "1753-01-01" },
        { "ToDate", "2027-07-31", "2026-07-31" },
        { "Student", "", "Elev" },
        { "Employee", "", "Ansat" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Takes_nobody_and_nothing_away(string element, string good, string odd)
    {
        var before = await RosterAsync(Good);
        var now = await RosterAsync(With(element, good, odd));

        Assert.NotEqual(0, now.Doubts.Count);
        Assert.Subset(NightInMemory.Everything(NightInMemory.After(before, now)), NightInMemory.Everything(before));
    }

    [Theory]
    [InlineData("GroupType", "Hovedgruppe", "hovedgruppe")]
    [InlineData("GroupType", "Hovedgruppe", "\n HOVEDGRUPPE \n")]
    [InlineData("GroupType", "Hold", "hOLD")]
    [InlineData("MainGroupId", "7A", "7a")]
    public async Task Another_case_is_the_same_word(string element, string good, string odd)
    {
        var before = await RosterAsync(Good);
        var data = await DataAsync(With(element, good, odd));
        var now = await RosterAsync(With(element, good, odd));

        Assert.Equal(NightInMemory.Everything(before), NightInMemory.Everything(now));
        Assert.Equal(0, now.Doubts.Count);
        Assert.True(data.Findings.Rows.ContainsKey(FindingCodes.ValueAsText));
    }

    [Fact]
    public void An_id_in_another_case_is_none_where_it_may_be_two()
    {
        Assert.Equal(-1, Find("7A", "7a"));
        Assert.Equal(0, Find("7A", "7B"));
        Assert.Equal(-1, Find("8A", "8B"));
    }

    [Fact]
    public async Task A_word_that_the_tenant_names_is_no_strange_one()
    {
        var document = With("GroupType", "Hovedgruppe", "Projekt");

        Assert.NotEqual(0, (await DataAsync(document)).Doubts.Count);
        Assert.Equal(0, (await DataAsync(document, new ReadOptions { GroupTypes = ["Projekt"] })).Doubts.Count);
    }

    /// <summary>Which of two groups an id in another case means.</summary>
    private static int Find(params string[] ids)
    {
        var groups = new EntityTable<GroupRow>();
        foreach (var id in ids)
        {
            Assert.True(TextIds.TryAdd(Encoding.UTF8.GetBytes($"{Number}-{id}x"), out var entity));
            groups.Add(entity, default);
        }

        Assert.True(TextIds.TryAdd(Encoding.UTF8.GetBytes($"{Number}-7aX"), out var asked));
        return new GroupsById(groups).Find(asked, out _);
    }

    /// <summary>The first element with this text, or of this name, with another.</summary>
    private static XDocument With(string element, string good, string odd)
    {
        var document = new XDocument(Good);
        var found = document.Descendants().First(at => at.Name.LocalName == element && (good.Length == 0 || at.Value == good));
        if (good.Length == 0)
        {
            found.Name = found.Name.Namespace + odd;
        }
        else
        {
            found.Value = odd;
        }

        return document;
    }

    private static Dictionary<string, byte[]> Pages(XDocument document) => new() { [Number] = Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting)) };

    private static Task<Roster> RosterAsync(XDocument document) => NightInMemory.RosterAsync(Pages(document), "xml.gz", UniloginRules.Book, UniloginReader.ReadAsync);

    private static Task<SourceData> DataAsync(XDocument document, ReadOptions? options = null) =>
        Task.FromResult(InstitutionDocument.Read(new MemoryStream(Pages(document)[Number]), Number, options ?? new ReadOptions(), UniloginVocabularies.Make(), 0));

    private static XDocument Document()
    {
        var school = DanishNight.School(Number);
        school.Groups.Add(new DanishGroup("HOLD", "Hold") { Name = "Matematik", From = "2026-08-01", To = "2027-07-31" });
        foreach (var pupil in Enumerable.Range(1, 6).Select(number => $"elev000{number}"))
        {
            school.Members.Add(new DanishMember(DanishNight.Person(pupil))
            {
                Student = new DanishStudent("7", "7A") { Contacts = [new DanishContact(DanishNight.Person($"mor0{pupil}"), "Mor")], Groups = ["HOLD"] },
            });
        }

        return XDocument.Load(new MemoryStream(new ExportDocument(school, DanishNight.Full7).Answer()));
    }
}
