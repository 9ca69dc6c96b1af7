using System.Text;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protocols.Soap;

[Trait(Level.Name, Level.Tools)]
public sealed class SignatureTests
{
    private const string Soap = "http://www.w3.org/2003/05/soap-envelope";
    private const string Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    [Theory]
    [InlineData("999001")]
    [InlineData("æ & < > \" ' 😀")]
    [InlineData("line\r\nend\tand  space")]
    public async Task Another_program_finds_our_signature_good(string parameter)
    {
        var request = SignedSample.Write(parameter);

        var (isGood, output) = await XmlSec.VerifyAsync(request.Envelope, SignedSample.Pem);

        Assert.True(isGood, output);
        Assert.Contains("(ok/all): 6/6", output);
    }

    [Theory]
    [InlineData(">999001<", ">999002<")]
    [InlineData(">AB000000<", ">AB000001<")]
    [InlineData("/ask</wsa:Action>", "/tell</wsa:Action>")]
    [InlineData("service.example/7</wsa:To>", "service.example/8</wsa:To>")]
    [InlineData("urn:uuid:", "urn:uuid:0")]
    [InlineData("Z</wsu:Expires>", "0Z</wsu:Expires>")]
    public async Task A_changed_part_is_found_out(string part, string changed)
    {
        var text = Encoding.UTF8.GetString(SignedSample.Write("999001").Envelope);
        Assert.Contains(part, text);
        var tampered = Encoding.UTF8.GetBytes(text.Replace(part, changed));

        var (isGood, _) = await XmlSec.VerifyAsync(tampered, SignedSample.Pem);

        Assert.False(isGood);
        Assert.Contains("is not what was signed", SignedSample.Judge(tampered, SignedSample.Trust));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<ec:InclusiveNamespaces xmlns:ec='http://www.w3.org/2001/10/xml-exc-c14n#' PrefixList='S q #default absent'/>")]
    public async Task Signatures_that_another_program_has_made_are_good(string inclusive)
    {
        var signed = await XmlSec.SignAsync(Encoding.UTF8.GetBytes(Template(inclusive)), SignedSample.Pem);

        Assert.Null(SignedSample.Judge(Encoding.UTF8.GetBytes(signed), SignedSample.Trust));
        Assert.NotNull(SignedSample.Judge(Encoding.UTF8.GetBytes(signed.Replace("1 &lt; 2", "1 &lt; 3")), SignedSample.Trust));
    }

    [Fact]
    public void An_answer_to_another_question_is_refused()
    {
        var answer = Encoding.UTF8.GetBytes(
            $"<S:Envelope xmlns:S='{Soap}'><S:Header><a:RelatesTo xmlns:a='http://www.w3.org/2005/08/addressing'>urn:uuid:1</a:RelatesTo></S:Header><S:Body><x/></S:Body></S:Envelope>");

        Assert.Null(SignedSample.Judge(answer, null, new SoapRequest([], "urn:uuid:1")));
        Assert.Contains("another question", SignedSample.Judge(answer, null, new SoapRequest([], "urn:uuid:2")));
    }

    [Theory]
    [InlineData(-11, false)]
    [InlineData(-9, true)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public void A_time_stamp_is_good_for_a_few_minutes(int minutes, bool isGood)
    {
        var now = DateTimeOffset.UtcNow;

        var problem = SignedSample.Judge(SignedSample.Write("x", now.AddMinutes(minutes)).Envelope, SignedSample.Trust, now: now);

        Assert.Equal(isGood, problem is null);
        Assert.True(isGood || problem!.Contains("time stamp"), problem);
    }

    [Fact]
    public void Only_the_configured_roots_are_believed()
    {
        var envelope = SignedSample.Write("x").Envelope;
        var others = AnswerTrust.Of([System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(new TestAuthority("Other").RootPem)]);

        Assert.Contains("not trusted here", SignedSample.Judge(envelope, others));
        Assert.Contains("not trusted here", SignedSample.Judge(envelope, new AnswerTrust(null, [])));
        Assert.Contains("not trusted here", SignedSample.Judge(envelope, SignedSample.Trust, now: DateTimeOffset.UtcNow.AddYears(11)));
    }

    private static string Template(string inclusive)
    {
        using var certificate = SignedSample.Certificate;
        var now = DateTimeOffset.UtcNow.UtcDateTime;
        var token = Convert.ToBase64String(certificate.Certificate.RawData);
        return $"""
            <S:Envelope xmlns:S="{Soap}" xmlns="urn:default" xmlns:q="urn:q" xmlns:wsu="{Utility}">
              <S:Header>
                <wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" S:mustUnderstand="1">
                  <wsu:Timestamp wsu:Id="t"><wsu:Created>{now:yyyy-MM-dd'T'HH:mm:ss'Z'}</wsu:Created></wsu:Timestamp>
                  <wsse:BinarySecurityToken wsu:Id="c">{token}</wsse:BinarySecurityToken>
                  <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>
                    <ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#">{inclusive}</ds:CanonicalizationMethod>
                    <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
                    {Reference("t", inclusive)}{Reference("b", inclusive)}</ds:SignedInfo><ds:SignatureValue/>
                    <ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#c"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>
                </wsse:Security>
              </S:Header>
              <S:Body wsu:Id="b"><r q:z="2" b="a&#10;b" a="&quot;&lt;&amp;"><e xmlns=""/><q:f><![CDATA[1 < 2]]></q:f><!-- nothing --> 1 &lt; 2 é 😀&#13;
                <n:g xmlns:n="urn:n" xml:lang="da"><n:h q:y="1"/></n:g></r></S:Body>
            </S:Envelope>
            """;
    }

    private static string Reference(string id, string inclusive) => $"""
        <ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#">{inclusive}</ds:Transform></ds:Transforms>
        <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference>
        """;
}
