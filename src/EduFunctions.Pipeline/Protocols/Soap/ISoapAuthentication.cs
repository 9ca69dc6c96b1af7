namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>How a call proves who makes it, and what an answer has to prove.</summary>
public interface ISoapAuthentication
{
    SoapRequest Write(SoapCall question, DateTimeOffset now);

    /// <summary>Whom the signature of an answer is to lead to; null when answers come unsigned.</summary>
    AnswerTrust? Trust { get; }
}
