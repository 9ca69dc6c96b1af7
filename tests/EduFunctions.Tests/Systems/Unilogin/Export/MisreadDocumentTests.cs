using System.Text;
using System.Xml.Linq;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Ss12000;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>The same contract for documents: what is there and cannot be read takes nobody away.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class MisreadDocumentTests(ITestOutputHelper output)
{
    private const string Number = "999001";

    [Theory]
    [InlineData("FromDate", "2026-08-01+02:00")]
    [InlineData("FromDate", "2026-08-01Z")]
    [InlineData("ToDate", "2027-07-31+02:00")]
    public async Task A_date_with_a_zone_is_the_day_that_is_written(string element, string value)
    {
        var document = Document();
        var before = await RosterAsync(document);
        document.Descendants().First(at => at.Name.LocalName == element).Value = value;

        var now = await RosterAsync(document);

        Assert.Equal(NightInMemory.Everything(before), NightInMemory.Everything(now));
        Assert.Equal(0, now.Doubts.Count);
    }

    [Theory]
    [InlineData("FromDate", "1. august")]
    [InlineData("ToDate", "20270731")]
    [InlineData("CountryCode", "Danmark")]
    [InlineData("@childCustody", "ja")]
    public async Task What_is_not_understood_stays_as_the_target_has_it(string place, string value)
    {
        var document = Document();
        var before = await RosterAsync(document);
        Set(document, place, value);

        var now = await RosterAsync(document);

        Assert.NotEqual(0, now.Doubts.Count);
        Assert.Subset(NightInMemory.Everything(NightInMemory.After(before, now)), NightInMemory.Everything(before));
    }

    [Fact]
    public async Task No_single_value_makes_anybody_leave()
    {
        var bytes = Encoding.UTF8.GetBytes(Document().ToString(SaveOptions.DisableFormatting));
        var before = await RosterAsync(XDocument.Load(new MemoryStream(bytes)));
        var (everything, held) = (NightInMemory.Everything(before), 0);
        output.WriteLine($"seed {MisreadFuzzTests.Seed}, {MisreadFuzzTests.Count} mutations, {everything.Count} facts");

        for (var number = 0; number < MisreadFuzzTests.Count; number++)
        {
            var random = new Random(MisreadFuzzTests.Seed + number);
            var document = XDocument.Load(new MemoryStream(bytes), LoadOptions.PreserveWhitespace);
            var (what, isSaying) = Mutate(document, random);
            what = $"seed {MisreadFuzzTests.Seed + number}: {what}";
            if (await TryAsync(document, what) is not { } now)
            {
                held++;
            }
            else if (!isSaying)
            {
                var left = everything.Except(NightInMemory.Everything(NightInMemory.After(before, now))).ToList();
                Assert.True(left.Count == 0, $"{what}: {string.Join(", ", left.Take(5))} left");
            }
        }

        output.WriteLine($"{held} held");
    }

    /// <summary>What was done, and whether the document then says another thing in a form that is right.</summary>
    private static (string What, bool IsSaying) Mutate(XDocument document, Random random)
    {
        var values = document.Descendants().Where(at => !at.HasElements && at.Name.LocalName != "ImportSource").ToList();
        var value = values[random.Next(values.Count)];
        var name = $"{value.Parent!.Name.LocalName}.{value.Name.LocalName}";
        switch (random.Next(5))
        {
            case 0:
                value.ReplaceNodes(new XElement(value.Name.Namespace + "Odd", "x"));
                return ($"an element in {name}", false);
            case 1:
                value.AddAfterSelf(new XElement(value));
                return ($"{name} twice", false);
            case 2:
                var parent = value.Parent;
                parent.AddAfterSelf(new XElement(parent));
                return ($"{parent.Name.LocalName} twice", false);
            case 3:
                value.Remove();
                return ($"no {name}", true);
            default:
                value.Value = "ord";
                return ($"ord in {name}", value.Name.LocalName is not ("FromDate" or "ToDate" or "CountryCode"));
        }
    }

    private static async Task<Roster?> TryAsync(XDocument document, string what)
    {
        try
        {
            return await RosterAsync(document);
        }
        catch (RunHeldException e)
        {
            Assert.DoesNotContain("Fornavn", e.Message);
            return null;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(what, e);
        }
    }

    private static void Set(XDocument document, string place, string value)
    {
        if (place[0] == '@')
        {
            document.Descendants().First(at => at.Attribute(place[1..]) is not null).SetAttributeValue(place[1..], value);
        }
        else
        {
            document.Descendants().First(at => at.Name.LocalName == place).Value = value;
        }
    }

    private static Task<Roster> RosterAsync(XDocument document) => NightInMemory.RosterAsync(
        new Dictionary<string, byte[]> { [Number] = Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting)) }, "xml.gz",
        UniloginRules.Book, UniloginReader.ReadAsync);

    private static XDocument Document()
    {
        var school = DanishNight.School(Number);
        school.Groups.Add(new DanishGroup("HOLD", "Hold") { Name = "Matematik", From = "2026-08-01", To = "2027-07-31" });
        foreach (var pupil in Enumerable.Range(1, 6).Select(number => $"elev000{number}"))
        {
            var contact = new DanishContact(DanishNight.Person($"mor0{pupil}"), "Mor");
            school.Members.Add(new DanishMember(DanishNight.Person(pupil) with { Street = "Prøvevej 1" })
            {
                Student = new DanishStudent("7", "7A") { Contacts = [contact], Groups = ["HOLD"] },
            });
        }

        return XDocument.Load(new MemoryStream(new ExportDocument(school, DanishNight.Full7).Answer()));
    }
}
