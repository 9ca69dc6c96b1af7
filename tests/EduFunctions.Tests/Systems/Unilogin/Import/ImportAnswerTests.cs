using System.Xml.Linq;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>What answers the call, about the institution asked, in words that are known, confirms a document; nothing else does, whatever code stands in it.</summary>
[Collection(TargetTests.Name)]
public sealed class ImportAnswerTests(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, Func<string, XElement, XElement>> Strange = new()
    {
        ["of another operation"] = (operation, answer) => new XElement(answer.Name.Namespace + (operation == "importerXml" ? "importerSletXmlResponse" : "importerXmlResponse"), answer.Nodes()),
        ["of another namespace"] = (_, answer) => new XElement(XName.Get(answer.Name.LocalName, "https://elsewhere.example/ws"), answer.Nodes()),
        ["of nobody"] = (_, answer) => new XElement("svar", answer.Elements().Single().Nodes()),
        ["about another institution"] = (_, answer) => With(answer, new XElement("instnr", "A00009")),
        ["that counts refusals"] = (_, answer) => With(answer, new XElement("antalAfvist", 3)),
        ["that says it in words"] = (_, answer) => With(answer, new XElement("status", "AFVIST")),
        ["that warns"] = (_, answer) => With(answer, new XElement("advarsel", new XAttribute("linje", 4), "x")),
        ["that spells errors otherwise"] = (_, answer) => With(answer, new XElement("Fejl", new XAttribute("linje", 4), "x")),
        ["with a list of errors"] = (_, answer) => With(answer, new XElement("fejlListe", new XElement("raekke", 4))),
        ["with words between"] = (_, answer) => With(answer, new XText("AFVIST")),
        ["with a code that is no text"] = (_, answer) => Coded(answer, new XElement("x", 0)),
        ["with a code that is not there"] = (_, answer) => Coded(answer, new XAttribute(XName.Get("nil", "http://www.w3.org/2001/XMLSchema-instance"), true), 0),
        ["with the code of a row"] = (_, answer) => new XElement(answer.Name, new XElement("svarXML", new XElement("fejl", new XElement("reskode", 0)))),
        ["that declares what is in it"] = (_, answer) => AsText(answer, """<!DOCTYPE svar [<!ENTITY a "0">]><svar><reskode>&a;</reskode></svar>"""),
        ["without a bottom"] = (_, answer) => AsText(answer, $"{Times("<svar>", 20_000)}<reskode>0</reskode>{Times("</svar>", 20_000)}"),
    };

    private static readonly Dictionary<string, Func<XElement, XElement>> Good = new()
    {
        ["with the code beside an empty text"] = answer => new XElement(answer.Name, answer.Elements().Single().Nodes(), new XElement("svarXML")),
        ["by its other name"] = answer => new XElement(answer.Name, new XElement("XMLsvar", answer.Elements().Single().Nodes())),
        ["in a document of its own"] = answer => new XElement(answer.Name, new XElement("svarXML", new XElement("svar", answer.Elements().Single().Nodes()))),
        ["as a text with its first line"] = answer => AsText(answer, "\n  <?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<svar>\n  <reskode> 0 </reskode>\n</svar>\n"),
        ["in its own namespace"] = answer => new XElement(answer.Name, new XElement(answer.Name.Namespace + "svarXML", new XElement(answer.Name.Namespace + "reskode", 0))),
    };

    public static TheoryData<string> Strangers => [.. Strange.Keys];

    public static TheoryData<string> Known => [.. Good.Keys];

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_good_code_in_an_answer_that_is_not_understood_confirms_nothing(string answer)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        service.Habits.Rewrites = Strange[answer];

        var doubtful = await nights.NextAsync(DanishSchool.With("alva"));
        var sent = nights.Calls();
        service.Habits.Rewrites = (_, whole) => whole;
        var second = await nights.NextAsync(DanishSchool.With("alva"));

        Assert.Equal((ReceiptState.Unknown, ReceiptState.Processed), (doubtful.Run.Feeds[0].State, second.Run.Feeds[0].State));
        Assert.Contains("confirms nothing", doubtful.Run.StateReason);
        Assert.Equal(sent, nights.Calls());
    }

    [Theory]
    [MemberData(nameof(Known))]
    public async Task An_answer_that_is_understood_confirms(string answer)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        service.Habits.Rewrites = (_, whole) => Good[answer](whole);

        var night = await nights.NextAsync(DanishSchool.With("alva"));

        Assert.Equal(ReceiptState.Processed, night.Run.Feeds[0].State);
    }

    [Fact]
    public async Task The_institution_that_was_asked_about_may_be_named()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        service.Habits.Rewrites = (_, whole) => With(whole, new XElement("instnr", service.Calls[^1].Request.Institution));

        Assert.Equal(ReceiptState.Processed, (await nights.NextAsync(DanishSchool.With("alva"))).Run.Feeds[0].State);
    }

    [Fact]
    public async Task Who_is_protected_is_named_for_deletion_until_that_very_call_is_answered()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        await nights.NextAsync(DanishSchool.With("alva", "bo"));
        nights.Calls();
        var hidden = DanishSchool.With("alva", "bo");
        hidden.Person("alva")["securityMarking"] = "Sekretessmarkering";
        service.Habits.Rewrites = Strange["of another operation"];

        var doubtful = await nights.NextAsync(hidden);
        service.Habits.Rewrites = (_, whole) => whole;
        var second = await nights.NextAsync(hidden);
        var third = await nights.NextAsync(hidden);

        Assert.Equal(
            [ReceiptState.Unknown, ReceiptState.Processed, ReceiptState.SkippedUnchanged], new[] { doubtful, second, third }.Select(night => night.Run.Feeds[0].State!.Value));
        Assert.Equal(["importerSletXml A00001", "importerSletXml A00001"], nights.Calls());
        Assert.Equal([Ids.Of("alva")], service.Calls[^1].Request.LocalIds);
    }

    /// <summary>A refusal is one whatever stands beside it.</summary>
    [Fact]
    public async Task A_refusal_needs_no_understanding()
    {
        await using var service = await ImportServer.StartAsync();
        service.Habits.Unapproved.Add(DanishSchool.North);
        service.Habits.Rewrites = (_, whole) => With(whole, new XElement("status", "AFVIST"));

        var night = await new ImportNights(azurite, service).NextAsync(DanishSchool.With("alva"));

        Assert.Contains("refused A00001.total.xml: reskode 3", night.Run.StateReason, StringComparison.Ordinal);
    }

    private static XElement With(XElement answer, XNode further)
    {
        answer.Elements().Single().Add(further);
        return answer;
    }

    private static XElement Coded(XElement answer, params object[] content)
    {
        answer.Descendants("reskode").Single().ReplaceWith(new XElement("reskode", content));
        return answer;
    }

    private static XElement AsText(XElement answer, string text) => new(answer.Name, new XElement("svarXML", text));

    private static string Times(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
