using System.Text;
using System.Xml.Linq;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>Version 8, the default: what is public of it is what goes over the line, and xmlsec1 finds every signature good.</summary>
[Collection(TargetTests.Name)]
public sealed class SignedImportTests(AzuriteFixture azurite)
{
    private const string Operations = "https://brugerdatabasen.stil.dk/bpi/wsaimport/8";
    private const string Common = "https://brugerdatabasen.stil.dk/bpi/common/3";

    private static readonly XNamespace Soap = "http://www.w3.org/2003/05/soap-envelope";
    private static readonly XNamespace Signature = "http://www.w3.org/2000/09/xmldsig#";
    private static readonly XNamespace Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static readonly XNamespace Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

    [Fact]
    public async Task A_total_a_deletion_and_a_delta_are_signed_whole_and_leave_the_service_with_the_roster()
    {
        await using var service = await ImportServer.StartAsync();
        await using var unilogin = await UniloginServer.StartAsync(SmallExport.Of(_ => []));
        unilogin.Add(new SignedImport(service));
        var nights = new ImportNights(azurite, service);

        var first = await Signed(nights.Next(DanishSchool.With("alva", "bo")), unilogin).RunAsync();
        var second = await Signed(nights.Next(DanishSchool.With("alva", "cleo")), unilogin).RunAsync();

        Assert.Equal((ReceiptState.Processed, ReceiptState.Processed), (first.Run.Feeds[0].State, second.Run.Feeds[0].State));
        Assert.Equal(["importerXml A00001", "importerXml A00002", "importerSletXml A00001", "importerDeltaXml A00001"], nights.Calls());
        nights.AssertHolds(DanishSchool.North, "alva", "cleo");
        var pem = unilogin.ClientCertificate.ExportCertificatePem();
        foreach (var call in unilogin.Calls)
        {
            AssertIsOfVersion8(XDocument.Parse(Encoding.UTF8.GetString(call.Envelope), LoadOptions.PreserveWhitespace), call.Operation);
            var (isGood, output) = await XmlSec.VerifyAsync(call.Envelope, pem);
            Assert.True(isGood, output);
        }
    }

    [Fact]
    public async Task A_signed_answer_that_names_refused_rows_is_kept_with_its_signature()
    {
        await using var service = await ImportServer.StartAsync();
        await using var unilogin = await UniloginServer.StartAsync(SmallExport.Of(_ => []));
        unilogin.Add(new SignedImport(service));
        var nights = new ImportNights(azurite, service);
        var school = DanishSchool.With("alva", "bo");
        school.Person("bo").Remove("civicNo");

        var night = await Signed(nights.Next(school), unilogin).RunAsync();

        Assert.Equal(ReceiptState.ProcessedWithErrors, night.Run.Feeds[0].State);
        nights.AssertHolds(DanishSchool.North, "alva");
        Assert.Contains("<ds:SignatureValue>", await night.FileAsync("answers/A00001.total.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_somebody_has_changed_confirms_nothing()
    {
        await using var service = await ImportServer.StartAsync();
        await using var unilogin = await UniloginServer.StartAsync(SmallExport.Of(_ => []));
        unilogin.Add(new SignedImport(service));
        unilogin.Habits.Spoils = _ => Spoiling.ChangedBody;
        var nights = new ImportNights(azurite, service);

        var night = await Signed(nights.Next(DanishSchool.With("alva")), unilogin).RunAsync();

        Assert.Equal(ReceiptState.Unknown, night.Run.Feeds[0].State);
    }

    [Fact]
    public async Task A_signed_answer_to_another_operation_confirms_nothing()
    {
        await using var service = await ImportServer.StartAsync();
        await using var unilogin = await UniloginServer.StartAsync(SmallExport.Of(_ => []));
        unilogin.Add(new SignedImport(service));
        service.Habits.Rewrites = (_, answer) => new XElement(answer.Name.Namespace + "importerSletXmlResponse", answer.Nodes());
        var nights = new ImportNights(azurite, service);

        var night = await Signed(nights.Next(DanishSchool.With("alva")), unilogin).RunAsync();

        Assert.Equal(ReceiptState.Unknown, night.Run.Feeds[0].State);
    }

    private static Night Signed(Night night, UniloginServer unilogin) =>
        night.Delivering(TenantJson.SignedImport(unilogin.Endpoint(8, "wsaimport"), unilogin.SystemId)).Setting($"Secrets:{TenantJson.ImportSecret}", unilogin.ClientPem);

    private static void AssertIsOfVersion8(XDocument envelope, string operation)
    {
        var (header, body) = (envelope.Root!.Element(Soap + "Header")!, envelope.Root.Element(Soap + "Body")!);
        var called = Assert.Single(body.Elements());
        var document = Assert.Single(Assert.Single(called.Elements(XName.Get("instXML", Operations))).Elements());
        Assert.Equal((XName.Get(operation, Operations), "UNILoginImport"), (called.Name, document.Name.LocalName));
        Assert.Equal($"{Operations}/{operation}", header.Elements().Single(block => block.Name.LocalName == "Action").Value);
        Assert.DoesNotContain(envelope.Descendants(), element => element.Name.LocalName is "wsBrugerid" or "wsPassword");

        var signature = header.Element(Security + "Security")!.Element(Signature + "Signature")!;
        var signed = signature.Descendants(Signature + "Reference").Select(reference => reference.Attribute("URI")!.Value[1..]).ToHashSet();
        var parts = new[]
        {
            body, header.Descendants(Utility + "Timestamp").Single(), header.Elements().Single(block => block.Name.LocalName == "MessageID"),
            header.Element(XName.Get("UdbydersystemId", Common))!,
        };
        Assert.All(parts, part => Assert.Contains(part.Attribute(Utility + "Id")!.Value, signed));
        Assert.Equal("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", signature.Descendants(Signature + "SignatureMethod").Single().Attribute("Algorithm")!.Value);
    }
}
