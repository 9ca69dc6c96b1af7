using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Simulators.Unilogin;

namespace EduFunctions.Tests.Protocols.Soap;

/// <summary>A message as the product signs it, and the certificate it is signed with.</summary>
internal static class SignedSample
{
    private const string Service = "https://service.example/7";

    private static readonly Lazy<TestAuthority> SharedAuthority = new(() => new TestAuthority("Sample root"));
    private static readonly Lazy<string> SharedPem = new(() => SharedAuthority.Value.Pem(SharedAuthority.Value.Issue("Sample")));

    public static TestAuthority Authority => SharedAuthority.Value;

    public static string Pem => SharedPem.Value;

    public static SigningCertificate Certificate => SigningCertificate.Load(new Secret("sample", Pem), null);

    public static AnswerTrust Trust => AnswerTrust.Of(Certificate.Issuers);

    public static SoapRequest Write(string parameter, DateTimeOffset? now = null)
    {
        var authentication = new SignedMessages(Certificate, "https://service.example/common", "AB000000", Trust);
        var operation = new SoapOperation(Service, "ask", xml => xml.WriteElementString("number", Service, parameter));
        return authentication.Write(new SoapCall(new Uri(Service), $"{Service}/ask", operation), now ?? DateTimeOffset.UtcNow);
    }

    /// <summary>What the product makes of an answer; null when it takes it.</summary>
    public static string? Judge(byte[] answer, AnswerTrust? trust, SoapRequest? request = null, DateTimeOffset? now = null)
    {
        try
        {
            SoapAnswer.Verify(new MemoryStream(answer), 1 << 24, trust, request ?? new SoapRequest([], null), now ?? DateTimeOffset.UtcNow, 200);
            return null;
        }
        catch (SoapException e)
        {
            return e.Message;
        }
    }
}
